import type { Filter, Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { anyOf, equals, hasAllOf, type TimeRange } from '../filter/simple-parameters';
import { observationConditions } from '../observations/observation-selection';
import * as usage from '../observations/usage-expressions';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { allOf, count, int, joinSql, type Sql, sql } from '../sql/sql';
import * as index from '../traces/index-columns';
import { traceConditions } from '../traces/trace-filter';

/** Days of one answer: what fits a person's life of tracing. */
export const maxDays = 10_000;
/** Models of one page of days. */
const maxModels = 50_000;
const dayUs = 86_400_000_000;

export interface DailyMetricsRequest extends TimeRange {
  projectId: string;
  traceName?: string | undefined;
  userId?: string | undefined;
  /** All of them. */
  tags?: readonly string[] | undefined;
  /** Any of them. */
  environment?: readonly string[] | undefined;
  limit: number;
  offset: number;
}

export interface DailyMetrics {
  /** When the UTC day begins. */
  day: Microseconds;
  traceCount: number;
  observationCount: number;
  /** US dollars. */
  totalCost: number;
  /** The dearest first; null for observations without a model. */
  models: DailyModel[];
}

export interface DailyModel {
  model: string | null;
  inputUsage: number;
  outputUsage: number;
  totalUsage: number;
  traceCount: number;
  observationCount: number;
  totalCost: number;
}

/**
 * The days on which something was traced, the newest first: traces by their time, observations by their start,
 * those of the traces that are meant. Models are read for the days of the page.
 */
export async function readDailyMetrics(
  columnar: Columnar,
  request: DailyMetricsRequest,
): Promise<{ days: DailyMetrics[]; totalDays: number }> {
  const scope = new ProjectScope(request.projectId);
  const [traces, observations] = await Promise.all([
    readRows<{ day: Integer; traces: Integer }>(columnar, 'metrics.daily-traces', tracesSql(scope, request)),
    readRows<DayRow>(columnar, 'metrics.daily', perDaySql(scope, request)),
  ]);
  const tracesOf = new Map(traces.map((row) => [toNumber(row.day), toNumber(row.traces)]));
  const observationsOf = new Map(observations.map((row) => [toNumber(row.day), row]));
  const all = [...new Set([...tracesOf.keys(), ...observationsOf.keys()])].sort((a, b) => b - a);
  const page = all.slice(request.offset, request.offset + request.limit);
  const models = await readModels(columnar, scope, request, page);
  return {
    totalDays: all.length,
    days: page.map((day) => ({
      day: day * dayUs,
      traceCount: tracesOf.get(day) ?? 0,
      observationCount: toNumber(observationsOf.get(day)?.observations ?? 0),
      totalCost: observationsOf.get(day)?.costOf ?? 0,
      models: models.get(day) ?? [],
    })),
  };
}

async function readModels(
  columnar: Columnar,
  scope: ProjectScope,
  request: DailyMetricsRequest,
  days: readonly number[],
): Promise<Map<number, DailyModel[]>> {
  const models = new Map<number, DailyModel[]>();
  const [newest, oldest] = [days[0], days.at(-1)];
  if (newest === undefined || oldest === undefined) return models;
  const within = {
    ...request,
    from: Math.max(request.from ?? 0, oldest * dayUs),
    to: Math.min(request.to ?? Number.MAX_SAFE_INTEGER, (newest + 1) * dayUs),
  };
  const rows = await readRows<ModelRow>(columnar, 'metrics.daily-models', modelsSql(scope, within, days));
  for (const row of rows) {
    const ofDay = models.get(toNumber(row.day)) ?? [];
    models.set(toNumber(row.day), [...ofDay, toDailyModel(row)]);
  }
  return models;
}

const dayOf = (time: Sql): Sql => sql`toInt64(toDate(${time}))`;

function tracesSql(scope: ProjectScope, request: DailyMetricsRequest): Sql {
  const { from, to, traceName, userId, tags, environment } = request;
  const { key, having } = traceConditions(scope, { from, to, name: traceName, userId, tags, environment });
  return sql`
    SELECT day, count() AS traces
    FROM (
      SELECT ${dayOf(index.traceTimestamp)} AS day
      FROM ${scope.versions('traces', { key })}
      GROUP BY trace_id
      HAVING ${allOf(having)}
    )
    GROUP BY day
    ORDER BY day DESC
    LIMIT ${count(maxDays)}`;
}

/** Observations of the traces that are meant. */
function meantRows(scope: ProjectScope, request: DailyMetricsRequest, more: readonly Sql[] = []): Sql {
  const filter = [
    equals('traceName', request.traceName),
    equals('userId', request.userId),
    hasAllOf('tags', request.tags),
    anyOf('environment', request.environment),
  ].filter((condition) => condition !== undefined) satisfies Filter;
  const { from, to } = request;
  const { key, where } = observationConditions(scope, { from, to, filter, traceColumns: 'of-trace' });
  return scope.current('observations', { key, where: [...where, ...more] });
}

interface DayRow {
  day: Integer;
  observations: Integer;
  costOf: number;
}

const perDaySql = (scope: ProjectScope, request: DailyMetricsRequest): Sql => sql`
  SELECT ${dayOf(sql`start_time`)} AS day, count() AS observations, round(sumKahan(total_cost), 12) AS costOf
  FROM ${meantRows(scope, request)}
  GROUP BY day
  ORDER BY day DESC
  LIMIT ${count(maxDays)}`;

interface ModelRow extends DayRow {
  modelOf: string;
  traces: Integer;
  input: Integer;
  output: Integer;
  total: Integer;
}

function modelsSql(scope: ProjectScope, request: DailyMetricsRequest, days: readonly number[]): Sql {
  const isOfPage = sql`${dayOf(sql`start_time`)} IN (${joinSql(
    days.map((day) => sql`${int(day)}`),
    ', ',
  )})`;
  return sql`
    SELECT
      ${dayOf(sql`start_time`)} AS day,
      toString(model) AS modelOf,
      uniqExact(trace_id) AS traces,
      count() AS observations,
      round(sumKahan(total_cost), 12) AS costOf,
      sum(${usage.inputTokens}) AS input,
      sum(${usage.outputTokens}) AS output,
      sum(total_tokens) AS total
    FROM ${meantRows(scope, request, [isOfPage])}
    GROUP BY day, modelOf
    ORDER BY day DESC, costOf DESC, modelOf
    LIMIT ${count(maxModels)}`;
}

const toDailyModel = (row: ModelRow): DailyModel => ({
  model: row.modelOf || null,
  inputUsage: toNumber(row.input),
  outputUsage: toNumber(row.output),
  totalUsage: toNumber(row.total),
  traceCount: toNumber(row.traces),
  observationCount: toNumber(row.observations),
  totalCost: row.costOf,
});
