import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { InvalidQuery } from '../invalid-query';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { allOf, int, type Sql, sql } from '../sql/sql';
import * as index from '../traces/index-columns';
import { errorCount, totalCost } from '../traces/metric-columns';
import { metricRows, type TraceSelection, traceConditions } from '../traces/trace-filter';

export const maxHistogramBuckets = 1_000;

export interface TraceHistogram extends TraceSelection {
  projectId: string;
  buckets: number;
}

export interface HistogramBucket {
  /** When the bucket begins. */
  time: Microseconds;
  count: number;
  /** Traces with an error among their observations. */
  errorCount: number;
  /** US dollars. */
  totalCost: number;
}

/**
 * Equal buckets over the range, the empty ones too; without a range, from the first to the last trace that is
 * meant. No bucket when there is neither range nor trace.
 */
export async function traceHistogram(
  columnar: Columnar,
  request: TraceHistogram,
): Promise<HistogramBucket[]> {
  const scope = new ProjectScope(request.projectId);
  const { buckets } = request;
  if (!(Number.isInteger(buckets) && buckets >= 1 && buckets <= maxHistogramBuckets)) {
    throw new InvalidQuery(`A histogram has 1 to ${maxHistogramBuckets} buckets, not ${buckets}.`);
  }
  const range = await rangeOf(columnar, scope, request);
  if (!range) return [];
  if (range.to <= range.from) throw new InvalidQuery('The range of a histogram must end after it begins.');
  const width = Math.max(1, Math.ceil((range.to - range.from) / buckets));
  const rows = await readRows<{ bucket: Integer; total: Integer; errors: Integer; cost: number }>(
    columnar,
    'traces.histogram',
    sql`
      SELECT
        intDiv(timestampUs - ${int(range.from)}, ${int(width)}) AS bucket,
        count() AS total,
        countIf(measured.errors > 0) AS errors,
        sum(measured.cost) AS cost
      FROM (${meantTraces(scope, request)}) AS meant
      LEFT JOIN (
        SELECT trace_id AS traceId, ${errorCount} AS errors, ${totalCost} AS cost
        FROM ${metricRows(scope, request)}
        GROUP BY trace_id
      ) AS measured USING (traceId)
      GROUP BY bucket`,
  );
  const found = new Map(rows.map((row) => [toNumber(row.bucket), row]));
  return Array.from(
    { length: Math.min(buckets, Math.ceil((range.to - range.from) / width)) },
    (_, bucket) => {
      const row = found.get(bucket);
      return {
        time: range.from + bucket * width,
        count: row ? toNumber(row.total) : 0,
        errorCount: row ? toNumber(row.errors) : 0,
        totalCost: row?.cost ?? 0,
      };
    },
  );
}

function meantTraces(scope: ProjectScope, selection: TraceSelection): Sql {
  const { having, key } = traceConditions(scope, selection);
  return sql`
    SELECT trace_id AS traceId, toUnixTimestamp64Micro(${index.traceTimestamp}) AS timestampUs
    FROM ${scope.versions('traces', { key })}
    GROUP BY trace_id
    HAVING ${allOf(having)}`;
}

/** The range that was asked for; where it is open, up to the traces there are. */
async function rangeOf(
  columnar: Columnar,
  scope: ProjectScope,
  request: TraceSelection,
): Promise<{ from: Microseconds; to: Microseconds } | null> {
  const { from, to } = request;
  if (from !== undefined && to !== undefined) return { from, to };
  const [row] = await readRows<{ total: Integer; first: Integer; last: Integer }>(
    columnar,
    'traces.range',
    sql`SELECT count() AS total, min(timestampUs) AS first, max(timestampUs) AS last FROM (${meantTraces(scope, request)})`,
  );
  if (!row || toNumber(row.total) === 0) return null;
  return { from: from ?? toNumber(row.first), to: to ?? toNumber(row.last) + 1 };
}
