import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type ObservationSelection, observationConditions } from '../observations/observation-selection';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { int, sql } from '../sql/sql';
import { bucketWidth, type HistogramBucket, readBuckets } from './histogram-buckets';

export interface ObservationHistogram extends ObservationSelection {
  projectId: string;
  buckets: number;
}

/** As `traceHistogram`, of observations by their start. */
export async function observationHistogram(
  columnar: Columnar,
  request: ObservationHistogram,
): Promise<HistogramBucket[]> {
  const scope = new ProjectScope(request.projectId);
  const range = await rangeOf(columnar, scope, request);
  if (!range) return [];
  const width = bucketWidth(range, request.buckets);
  const rows = await readRows<{ bucket: Integer; total: Integer; errors: Integer; cost: number }>(
    columnar,
    'observations.histogram',
    sql`
      SELECT
        intDiv(toUnixTimestamp64Micro(start_time) - ${int(range.from)}, ${int(width)}) AS bucket,
        count() AS total,
        countIf(level = 'ERROR') AS errors,
        sum(total_cost) AS cost
      FROM ${scope.current('observations', observationConditions(scope, request))}
      GROUP BY bucket`,
  );
  return readBuckets(rows, range, width, request.buckets);
}

async function rangeOf(
  columnar: Columnar,
  scope: ProjectScope,
  request: ObservationSelection,
): Promise<{ from: Microseconds; to: Microseconds } | null> {
  const { from, to } = request;
  if (from !== undefined && to !== undefined) return { from, to };
  const [row] = await readRows<{ total: Integer; first: Integer; last: Integer }>(
    columnar,
    'observations.range',
    sql`
      SELECT
        count() AS total,
        toUnixTimestamp64Micro(min(start_time)) AS first,
        toUnixTimestamp64Micro(max(start_time)) AS last
      FROM ${scope.current('observations', observationConditions(scope, request))}`,
  );
  if (!row || toNumber(row.total) === 0) return null;
  return { from: from ?? toNumber(row.first), to: to ?? toNumber(row.last) + 1 };
}
