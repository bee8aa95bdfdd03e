import type {
  AnswerOf,
  ExploredScore,
  exploreScoreFacets as facetsOperation,
  exploreScoreHistogram as histogramOperation,
  exploreScores as listOperation,
  QueryOf,
} from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import { scoreFields } from '@tracewell/domain/search/index';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { scoreFacets } from '@tracewell/query/explore/score-facets';
import { scoreHistogram } from '@tracewell/query/explore/score-histogram';
import { type ListedScore, listScores } from '@tracewell/query/scores/list-scores';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { rowSelectionOf } from './row-selection';
import { showScore } from './show-trace';

interface Deps {
  columnar: Columnar;
}

const cursorSchema = z.object({ timestamp: z.number(), id: z.string() });

/** One page of scores, newest first. Throws `invalid_request` for a cursor of another list. */
export async function exploreScores(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof listOperation>,
): Promise<AnswerOf<typeof listOperation>> {
  requireScope(access, 'scores:read');
  const { limit } = query;
  const { scores, cursor } = await listScores(columnar, {
    ...rowSelectionOf(access, query, scoreFields),
    limit,
    cursor: query.cursor ? decodeCursor(cursorSchema, query.cursor) : undefined,
    withTrace: true,
  });
  return { data: scores.map(showRow), meta: { limit, ...(cursor && { cursor: encodeCursor(cursor) }) } };
}

/** The values of one field, most frequent first. */
export async function exploreScoreFacets(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof facetsOperation>,
): Promise<AnswerOf<typeof facetsOperation>> {
  requireScope(access, 'scores:read');
  const { field, search, limit } = query;
  return {
    data: await scoreFacets(columnar, {
      ...rowSelectionOf(access, query, scoreFields),
      field,
      valueSearch: search,
      limit,
    }),
  };
}

/** Scores over time, in equal buckets. */
export async function exploreScoreHistogram(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof histogramOperation>,
): Promise<AnswerOf<typeof histogramOperation>> {
  requireScope(access, 'scores:read');
  const buckets = await scoreHistogram(columnar, {
    ...rowSelectionOf(access, query, scoreFields),
    buckets: query.buckets,
  });
  return { data: buckets.map(({ time, count }) => ({ time: formatIsoTime(time), count })) };
}

const showRow = (score: ListedScore): ExploredScore => ({
  ...showScore(score),
  traceId: score.traceId || null,
  sessionId: score.sessionId || null,
  datasetRunId: score.datasetRunId || null,
  environment: score.environment,
  authorUserId: score.authorUserId || null,
  userId: score.trace ? score.trace.userId : null,
});
