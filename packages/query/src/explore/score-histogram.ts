import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type ScoreSelection, scoreConditions } from '../scores/score-selection';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { int, sql } from '../sql/sql';
import { bucketWidth, readBuckets } from './histogram-buckets';

export interface ScoreHistogram extends ScoreSelection {
  projectId: string;
  buckets: number;
}

/** How many scores over time. Without an end of the range, that of the scores that are meant. */
export async function scoreHistogram(
  columnar: Columnar,
  request: ScoreHistogram,
): Promise<{ time: Microseconds; count: number }[]> {
  const scope = new ProjectScope(request.projectId);
  const rows = scope.current('scores', { where: scoreConditions(scope, request) });
  const range = await rangeOf(columnar, rows, request);
  if (!range) return [];
  const width = bucketWidth(range, request.buckets);
  const found = await readRows<{ bucket: Integer; total: Integer }>(
    columnar,
    'scores.histogram',
    sql`
      SELECT
        intDiv(toUnixTimestamp64Micro(timestamp) - ${int(range.from)}, ${int(width)}) AS bucket,
        count() AS total
      FROM ${rows}
      GROUP BY bucket`,
  );
  const counted = found.map((row) => ({ ...row, errors: 0, cost: 0 }));
  return readBuckets(counted, range, width, request.buckets).map(({ time, count }) => ({ time, count }));
}

async function rangeOf(
  columnar: Columnar,
  rows: ReturnType<ProjectScope['current']>,
  { from, to }: ScoreSelection,
): Promise<{ from: Microseconds; to: Microseconds } | null> {
  if (from !== undefined && to !== undefined) return { from, to };
  const [row] = await readRows<{ total: Integer; first: Integer; last: Integer }>(
    columnar,
    'scores.range',
    sql`
      SELECT
        count() AS total,
        toUnixTimestamp64Micro(min(timestamp)) AS first,
        toUnixTimestamp64Micro(max(timestamp)) AS last
      FROM ${rows}`,
  );
  if (!row || toNumber(row.total) === 0) return null;
  return { from: from ?? toNumber(row.first), to: to ?? toNumber(row.last) + 1 };
}
