import type { Microseconds, UsageMap } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { TimeRange } from '../filter/simple-parameters';
import { observationConditions } from '../observations/observation-selection';
import { type Integer, toNumber, toUsageMap } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, type Sql, sql } from '../sql/sql';

/** Rows of one answer: years of days, or more models than anybody has. */
export const maxTotals = 10_000;

export interface UsageTotals {
  traceCount: number;
  observationCount: number;
  usage: UsageMap;
  cost: UsageMap;
  /** US dollars. */
  totalCost: number;
  totalTokens: number;
}
export type DailyTotals = UsageTotals & { day: Microseconds };
export type ModelTotals = UsageTotals & { model: string };
export interface UsageRequest extends TimeRange {
  projectId: string;
}

/** Per UTC day of the observations' start, the newest first; days without any are left out. */
export async function dailyTotals(columnar: Columnar, request: UsageRequest): Promise<DailyTotals[]> {
  const day = sql`toStartOfDay(start_time, 'UTC')`;
  const rows = await readRows<TotalsRow & { day: Integer }>(
    columnar,
    'usage.daily',
    totalsSql(request, sql`toUnixTimestamp(${day}) AS day`, day, sql`${day} DESC`),
  );
  return rows.map((row) => ({ day: toNumber(row.day) * 1_000_000, ...toTotals(row) }));
}

/** Per model as clients name it, the dearest first; observations without a model are left out. */
export async function usageByModel(columnar: Columnar, request: UsageRequest): Promise<ModelTotals[]> {
  const rows = await readRows<TotalsRow & { modelOf: string }>(
    columnar,
    'usage.by-model',
    totalsSql(request, sql`toString(model) AS modelOf`, sql`model`, sql`sum(total_cost) DESC, model`, [
      sql`model != ''`,
    ]),
  );
  return rows.map((row) => ({ model: row.modelOf, ...toTotals(row) }));
}

function totalsSql(request: UsageRequest, group: Sql, by: Sql, order: Sql, more: readonly Sql[] = []): Sql {
  const scope = new ProjectScope(request.projectId);
  const { key, where } = observationConditions(scope, { from: request.from, to: request.to });
  return sql`
    SELECT
      ${group},
      uniqExact(trace_id) AS traceCount,
      count() AS observationCount,
      sumMap(usage) AS usageOf,
      sumMap(cost) AS costOf,
      sum(total_cost) AS totalCost,
      sum(total_tokens) AS totalTokens
    FROM ${scope.current('observations', { key, where: [...where, ...more] })}
    GROUP BY ${by}
    ORDER BY ${order}
    LIMIT ${count(maxTotals)}`;
}

interface TotalsRow {
  traceCount: Integer;
  observationCount: Integer;
  usageOf: Record<string, Integer>;
  costOf: Record<string, Integer>;
  totalCost: number;
  totalTokens: Integer;
}

const toTotals = (row: TotalsRow): UsageTotals => ({
  traceCount: toNumber(row.traceCount),
  observationCount: toNumber(row.observationCount),
  usage: toUsageMap(row.usageOf),
  cost: toUsageMap(row.costOf),
  totalCost: row.totalCost,
  totalTokens: toNumber(row.totalTokens),
});
