import type {
  AnswerOf,
  ExploredSession,
  exploreSessionFacets as facetsOperation,
  exploreSessionHistogram as histogramOperation,
  exploreSessions as listOperation,
  QueryOf,
} from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import { sessionFields } from '@tracewell/domain/search/index';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { sessionFacets } from '@tracewell/query/explore/session-facets';
import { sessionHistogram } from '@tracewell/query/explore/session-histogram';
import { type SessionSummary, searchSessions } from '@tracewell/query/sessions/search-sessions';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { rowSelectionOf } from './row-selection';

interface Deps {
  columnar: Columnar;
}

const cursorSchema = z.object({ createdAt: z.number(), id: z.string() });

/** One page of sessions, newest first. Throws `invalid_request` for a cursor of another list. */
export async function exploreSessions(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof listOperation>,
): Promise<AnswerOf<typeof listOperation>> {
  requireScope(access, 'traces:read');
  const { limit } = query;
  const { sessions, cursor } = await searchSessions(columnar, {
    ...rowSelectionOf(access, query, sessionFields),
    limit,
    cursor: query.cursor ? decodeCursor(cursorSchema, query.cursor) : undefined,
  });
  return { data: sessions.map(showRow), meta: { limit, ...(cursor && { cursor: encodeCursor(cursor) }) } };
}

/** The values of one field, most frequent first. */
export async function exploreSessionFacets(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof facetsOperation>,
): Promise<AnswerOf<typeof facetsOperation>> {
  requireScope(access, 'traces:read');
  const { field, search, limit } = query;
  return {
    data: await sessionFacets(columnar, {
      ...rowSelectionOf(access, query, sessionFields),
      field,
      valueSearch: search,
      limit,
    }),
  };
}

/** Sessions over the time of their first trace, in equal buckets. */
export async function exploreSessionHistogram(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof histogramOperation>,
): Promise<AnswerOf<typeof histogramOperation>> {
  requireScope(access, 'traces:read');
  const buckets = await sessionHistogram(columnar, {
    ...rowSelectionOf(access, query, sessionFields),
    buckets: query.buckets,
  });
  return { data: buckets.map(({ time, count }) => ({ time: formatIsoTime(time), count })) };
}

const showRow = ({ createdAt, lastTraceAt, durationUs, ...session }: SessionSummary): ExploredSession => ({
  ...session,
  timestamp: formatIsoTime(createdAt),
  lastTraceAt: formatIsoTime(lastTraceAt),
  durationMs: durationUs / 1_000,
});
