import type { Columnar } from '@tracewell/engines/columnar/port';
import { type ListedScore, listScores } from './list-scores';

/** One score of any kind; null when the project has none of this id. */
export async function getScore(
  columnar: Columnar,
  request: { projectId: string; scoreId: string },
): Promise<ListedScore | null> {
  const { scores } = await listScores(columnar, {
    projectId: request.projectId,
    ids: [request.scoreId],
    limit: 1,
    withTrace: true,
  });
  return scores[0] ?? null;
}
