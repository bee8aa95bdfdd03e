import type { AnswerOf, listObservationsV2 as operation, QueryOf } from '@tracewell/contract';
import { type Microseconds, parseIsoTime } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { listObservations } from '@tracewell/query/observations/list-observations';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { filterByComments } from '../comments/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { findPromptIds } from '../prompts/index';
import { readTimeRange } from '../time-ranges/index';
import { groupsToRead, type RowOfV2, toObservationV2 } from './observation-wire';

const cursorSchema = z.object({
  /** To the microsecond: a page may end between two starts of one millisecond. */
  lastStartTimeTo: z.string().refine((text) => parseIsoTime(text) !== null),
  lastTraceId: z.string(),
  lastId: z.string(),
});

/** One page of observations with the groups of fields asked for. Throws `invalid_request` for a bad cursor. */
export async function listObservationsV2(
  deps: { columnar: Columnar; relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'traces:read');
  const after = query.cursor === undefined ? undefined : decodeCursor(cursorSchema, query.cursor);
  const filter = await filterByComments(deps, access.projectId, 'OBSERVATION', query.filter);
  const { observations, cursor } = await listObservations(deps.columnar, {
    projectId: access.projectId,
    limit: query.limit,
    cursor: after && {
      startTime: parseIsoTime(after.lastStartTimeTo)!,
      traceId: after.lastTraceId,
      id: after.lastId,
    },
    groups: groupsToRead(query.fields),
    ...readTimeRange(query.fromStartTime, query.toStartTime),
    type: query.type,
    name: query.name,
    userId: query.userId,
    sessionId: query.sessionId,
    level: query.level,
    traceId: query.traceId,
    version: query.version,
    parentObservationId: query.parentObservationId,
    isRootObservation: query.isRootObservation,
    environment: query.environment,
    ...(filter && { filter }),
  });
  const rows = observations as RowOfV2[];
  const promptIdOf = await findPromptIds(deps, access.projectId, rows);
  const wholeMetadata = (query.expandMetadata?.length ?? 0) > 0;
  return {
    data: rows.map((row) => toObservationV2(row, query.fields, { wholeMetadata, promptIdOf })),
    meta: cursor
      ? {
          cursor: encodeCursor(
            {
              lastStartTimeTo: formatMicroseconds(cursor.startTime),
              lastTraceId: cursor.traceId,
              lastId: cursor.id,
            },
            'base64',
          ),
        }
      : {},
  };
}

function formatMicroseconds(time: Microseconds): string {
  const seconds = Math.floor(time / 1e6);
  const fraction = String(time - seconds * 1e6).padStart(6, '0');
  return new Date(seconds * 1000).toISOString().replace('.000Z', `.${fraction}Z`);
}
