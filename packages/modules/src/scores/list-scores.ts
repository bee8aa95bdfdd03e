import {
  type AnswerOf,
  type listScoresV1 as listScoresV1Operation,
  type listScoresV2 as listScoresV2Operation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { countScores, listScores } from '@tracewell/query/scores/list-scores';
import type { ScoreSelection } from '@tracewell/query/scores/score-selection';
import { type ProjectAccess, requireScope } from '../access/index';
import { readTimeRange } from '../time-ranges/index';
import { toScoreV1, toScoreV2 } from './score-wire';

type V1 = typeof listScoresV1Operation;
type V2 = typeof listScoresV2Operation;
interface Deps {
  columnar: Columnar;
}

/** Scores of traces and observations, with what the trace says of itself. */
export async function listScoresV1(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<V1>,
): Promise<AnswerOf<V1>> {
  const selection: ScoreSelection = {
    ...selectionOf(query),
    subject: 'trace',
    exceptDataTypes: ['CORRECTION'],
  };
  const { scores, totalItems } = await readPage(columnar, access, query, selection, true);
  const data = scores.flatMap(({ trace, ...score }) => {
    const shown = toScoreV1(score);
    if (!shown) return [];
    return [
      {
        ...shown,
        trace: trace && { userId: trace.userId || null, tags: trace.tags, environment: trace.environment },
      },
    ];
  });
  return { data, meta: toPageMeta(query, totalItems) };
}

/** Scores of anything; with what the trace says unless that is left out of `fields`. */
export async function listScoresV2(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<V2>,
): Promise<AnswerOf<V2>> {
  const withTrace = query.fields.includes('trace');
  const selection: ScoreSelection = {
    ...selectionOf(query),
    traceIds: one(query.traceId),
    sessionIds: one(query.sessionId),
    datasetRunIds: one(query.datasetRunId),
    observationIds: query.observationId,
  };
  const { scores, totalItems } = await readPage(columnar, access, query, selection, withTrace);
  const data = scores.map(({ trace, ...score }) => ({
    ...toScoreV2(score),
    ...(withTrace && {
      trace: trace && {
        userId: trace.userId || null,
        tags: trace.tags,
        environment: trace.environment,
        sessionId: trace.sessionId || null,
      },
    }),
  }));
  return { data, meta: toPageMeta(query, totalItems) };
}

async function readPage(
  columnar: Columnar,
  access: ProjectAccess,
  page: { page: number; limit: number },
  selection: ScoreSelection,
  withTrace: boolean,
) {
  requireScope(access, 'scores:read');
  const { projectId } = access;
  const offset = (page.page - 1) * page.limit;
  const [{ scores }, totalItems] = await Promise.all([
    listScores(columnar, { ...selection, projectId, limit: page.limit, offset, withTrace }),
    countScores(columnar, { ...selection, projectId }),
  ]);
  return { scores, totalItems };
}

const one = (value: string | undefined): string[] | undefined => (value === undefined ? undefined : [value]);

function selectionOf(query: QueryOf<V1>): ScoreSelection {
  const { value, operator } = query;
  return {
    userIds: one(query.userId),
    names: one(query.name),
    configIds: one(query.configId),
    queueIds: one(query.queueId),
    dataTypes: one(query.dataType),
    sources: one(query.source),
    environments: query.environment,
    traceTags: query.traceTags,
    ids: query.scoreIds,
    ...readTimeRange(query.fromTimestamp, query.toTimestamp),
    ...(value !== undefined && operator && { value: { operator, value } }),
    ...(query.filter && { filter: query.filter }),
  };
}
