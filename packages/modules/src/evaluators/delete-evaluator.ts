import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { lockProject, removeEvaluator } from './store';

/** Deletes all versions and takes it off its rules; the scores it gave stay. Throws `not_found`. */
export async function deleteEvaluator(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  id: string,
): Promise<void> {
  requireScope(access, 'evaluators:delete');
  await relational.db.transaction(async (transaction) => {
    await lockProject(transaction, access.projectId);
    const removed = await removeEvaluator(transaction, access.projectId, id);
    if (!removed) throw new ApiError('not_found', `Evaluator ${id} not found in this project.`);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId: access.projectId,
      action: 'evaluators.delete',
      resourceType: 'evaluator',
      resourceId: id,
      before: { name: removed.name, description: removed.description, type: removed.type },
    });
  });
}
