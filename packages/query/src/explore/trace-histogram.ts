import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { allOf, int, type Sql, sql } from '../sql/sql';
import * as index from '../traces/index-columns';
import { errorCount, totalCost } from '../traces/metric-columns';
import { metricRows, type TraceSelection, traceConditions } from '../traces/trace-filter';
import { bucketWidth, type HistogramBucket, readBuckets } from './histogram-buckets';

export interface TraceHistogram extends TraceSelection {
  projectId: string;
  buckets: number;
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
  const range = await rangeOf(columnar, scope, request);
  if (!range) return [];
  const width = bucketWidth(range, buckets);
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
  return readBuckets(rows, range, width, buckets);
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
