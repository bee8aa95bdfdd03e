import { type ProjectAccess, requireScope } from '../access/index';

/** Deletes a score of any kind; an unknown one is no error. */
export async function deleteScore(
  deps: { deleteScores(projectId: string, scoreIds: readonly string[]): Promise<void> },
  access: ProjectAccess,
  scoreId: string,
): Promise<void> {
  requireScope(access, 'scores:delete');
  await deps.deleteScores(access.projectId, [scoreId]);
}
