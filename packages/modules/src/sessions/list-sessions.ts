import { type AnswerOf, type listSessions as operation, type QueryOf, toPageMeta } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { countSessions, listSessions as querySessions } from '@tracewell/query/sessions/list-sessions';
import { type ProjectAccess, requireScope } from '../access/index';
import { readTimeRange } from '../time-ranges/index';
import { toPublicSession } from './session-wire';

/** One page of the project's sessions, newest first. */
export async function listSessions(
  { columnar }: { columnar: Columnar },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'traces:read');
  const { page, limit, environment } = query;
  const selection = {
    projectId: access.projectId,
    ...readTimeRange(query.fromTimestamp, query.toTimestamp),
    environment,
  };
  const [{ sessions }, totalItems] = await Promise.all([
    querySessions(columnar, { ...selection, limit, offset: (page - 1) * limit }),
    countSessions(columnar, selection),
  ]);
  return { data: sessions.map(toPublicSession), meta: toPageMeta({ page, limit }, totalItems) };
}
