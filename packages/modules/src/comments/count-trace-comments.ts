import type { AnswerOf, countTraceComments as operation } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { getTrace } from '@tracewell/query/traces/get-trace';
import { type ProjectAccess, requireScope } from '../access/index';
import { countCommentRows, countCommentsOf } from './store';

/** Ids of one statement. */
const maxIds = 10_000;

/** How many comments a trace has, and each of its observations that has any. An unknown trace has none. */
export async function countTraceComments(
  { relational, columnar }: { relational: Pick<Relational, 'db'>; columnar: Columnar },
  access: ProjectAccess,
  traceId: string,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'comments:read');
  const { projectId } = access;
  const ofObservations = { projectId, objectType: 'OBSERVATION' as const };
  const [trace, observed] = await Promise.all([
    countCommentRows(relational.db, { projectId, objectType: 'TRACE', objectId: traceId }),
    countCommentRows(relational.db, ofObservations),
  ]);
  const observations: Record<string, number> = {};
  // Most projects comment on few things: the tree is read only where something can be found.
  const ids = observed > 0 ? await idsOf(columnar, projectId, traceId) : [];
  for (let from = 0; from < ids.length; from += maxIds) {
    const some = ids.slice(from, from + maxIds);
    for (const { objectId, total } of await countCommentsOf(relational.db, ofObservations, some)) {
      observations[objectId] = total;
    }
  }
  return { trace, observations };
}

async function idsOf(columnar: Columnar, projectId: string, traceId: string): Promise<string[]> {
  const found = await getTrace(columnar, { projectId, traceId });
  return found?.observations.map(({ id }) => id) ?? [];
}
