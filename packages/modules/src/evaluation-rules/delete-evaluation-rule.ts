import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { removeRule } from './store';
import { record } from './write-rule';

/** Its evaluators and the scores they gave stay. Throws `not_found`. */
export async function deleteEvaluationRule(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  id: string,
): Promise<void> {
  requireScope(access, 'evaluation-rules:delete');
  await relational.db.transaction(async (transaction) => {
    const removed = await removeRule(transaction, access.projectId, id);
    if (!removed) throw new ApiError('not_found', `Evaluation rule ${id} not found in this project.`);
    const { name, enabled, sampling, filter } = removed;
    await record(transaction, access, 'evaluation-rules.delete', id, {
      before: { name, enabled, sampling, filter },
    });
  });
}
