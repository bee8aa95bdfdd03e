import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { requireItem } from './get-dataset-item';
import { closeVersion, lockItem, nextVersionTime, type Transaction } from './store';

export interface DeleteDatasetItemDeps {
  relational: Pick<Relational, 'db'>;
  /** Takes the item out of every run. */
  deleteRunItems(transaction: Transaction, projectId: string, itemId: string): Promise<void>;
}

/** Deletes the item and what runs made of it; its earlier versions stay readable as of then. Throws `not_found`. */
export async function deleteDatasetItem(
  { relational, deleteRunItems }: DeleteDatasetItemDeps,
  access: ProjectAccess,
  itemId: string,
): Promise<void> {
  requireScope(access, 'datasets:delete');
  const { projectId } = access;
  await relational.db.transaction(async (transaction) => {
    const latest = await lockItem(transaction, projectId, itemId);
    const item = await requireItem(transaction, projectId, itemId);
    await closeVersion(transaction, item, await nextVersionTime(transaction, latest));
    await deleteRunItems(transaction, projectId, itemId);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'dataset-items.delete',
      resourceType: 'dataset-item',
      resourceId: itemId,
      before: { datasetId: item.datasetId, status: item.status },
    });
  });
}
