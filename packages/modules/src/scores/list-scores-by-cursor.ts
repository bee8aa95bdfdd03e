import type { AnswerOf, listScoresV3 as operation, QueryOf } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { listScores } from '@tracewell/query/scores/list-scores';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { readTimeRange } from '../time-ranges/index';
import { toScoreV3 } from './score-wire';

type Query = QueryOf<typeof operation>;

/** Microseconds, as a page may end between two scores of one millisecond. */
const cursorSchema = z.object({ v: z.literal(1), lastTimestamp: z.int(), lastId: z.string() });

/** Scores of anything, newest first, page by cursor. Throws `invalid_request` for a cursor that is none of ours. */
export async function listScoresV3(
  { columnar }: { columnar: Columnar },
  access: ProjectAccess,
  query: Query,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'scores:read');
  const after = query.cursor === undefined ? undefined : decodeCursor(cursorSchema, query.cursor);
  const { scores, cursor } = await listScores(columnar, {
    projectId: access.projectId,
    limit: query.limit,
    cursor: after && { timestamp: after.lastTimestamp, id: after.lastId },
    ids: query.id,
    names: query.name,
    sources: query.source,
    dataTypes: query.dataType,
    environments: query.environment,
    configIds: query.configId,
    queueIds: query.queueId,
    authorUserIds: query.authorUserId,
    traceIds: query.traceId,
    observationIds: query.observationId,
    sessionIds: query.sessionId,
    datasetRunIds: query.experimentId,
    values: valuesOf(query),
    valueMin: query.valueMin,
    valueMax: query.valueMax,
    ...readTimeRange(query.fromTimestamp, query.toTimestamp),
  });
  return {
    data: scores.map((score) => toScoreV3(score, query.fields ?? ['core'])),
    meta: {
      limit: query.limit,
      ...(cursor && { cursor: encodeCursor({ v: 1, lastTimestamp: cursor.timestamp, lastId: cursor.id }) }),
    },
  };
}

/** The contract made sure that the values fit the one data type. */
function valuesOf({ value, dataType }: Query) {
  const [type] = dataType ?? [];
  if (!value) return undefined;
  if (type === 'NUMERIC') return { dataType: type, values: value.map(Number) };
  if (type === 'BOOLEAN') return { dataType: type, values: value.map((text) => text === 'true') };
  return type === 'CATEGORICAL' ? { dataType: type, values: value } : undefined;
}
