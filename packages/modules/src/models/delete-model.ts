import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { modelNotFound, toOwnModel } from './model';
import { deleteModelRow } from './store';

/** Throws `not_found` for what is not the project's own, so for those built in. */
export async function deleteModel(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  modelId: string,
): Promise<void> {
  requireScope(access, 'models:delete');
  await relational.db.transaction(async (transaction) => {
    const deleted = await deleteModelRow(transaction, access.projectId, modelId);
    if (!deleted) throw modelNotFound();
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId: access.projectId,
      action: 'models.delete',
      resourceType: 'model',
      resourceId: modelId,
      before: toOwnModel(deleted, Date.now()),
    });
  });
}
