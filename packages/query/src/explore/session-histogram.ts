import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { firstTraceAt } from '../sessions/session-columns';
import { meantSessions, type SearchedSessions } from '../sessions/session-selection';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { int, type Sql, sql } from '../sql/sql';
import { bucketWidth, readBuckets } from './histogram-buckets';

export interface SessionHistogram extends SearchedSessions {
  projectId: string;
  buckets: number;
}

/** How many sessions began over time. Without an end of the range, that of the sessions that are meant. */
export async function sessionHistogram(
  columnar: Columnar,
  request: SessionHistogram,
): Promise<{ time: Microseconds; count: number }[]> {
  const scope = new ProjectScope(request.projectId);
  const sessions = meantSessions(scope, request, sql`toUnixTimestamp64Micro(${firstTraceAt}) AS beganUs`);
  const range = await rangeOf(columnar, sessions, request);
  if (!range) return [];
  const width = bucketWidth(range, request.buckets);
  const found = await readRows<{ bucket: Integer; total: Integer }>(
    columnar,
    'sessions.histogram',
    sql`
      SELECT intDiv(beganUs - ${int(range.from)}, ${int(width)}) AS bucket, count() AS total
      FROM (${sessions})
      GROUP BY bucket`,
  );
  const counted = found.map((row) => ({ ...row, errors: 0, cost: 0 }));
  return readBuckets(counted, range, width, request.buckets).map(({ time, count }) => ({ time, count }));
}

async function rangeOf(
  columnar: Columnar,
  sessions: Sql,
  { from, to }: SearchedSessions,
): Promise<{ from: Microseconds; to: Microseconds } | null> {
  if (from !== undefined && to !== undefined) return { from, to };
  const [row] = await readRows<{ total: Integer; first: Integer; last: Integer }>(
    columnar,
    'sessions.range',
    sql`SELECT count() AS total, min(beganUs) AS first, max(beganUs) AS last FROM (${sessions})`,
  );
  if (!row || toNumber(row.total) === 0) return null;
  return { from: from ?? toNumber(row.first), to: to ?? toNumber(row.last) + 1 };
}
