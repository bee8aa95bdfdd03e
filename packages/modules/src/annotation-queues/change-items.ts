import { randomUUID } from 'node:crypto';
import type {
  BodyOf,
  createAnnotationQueueItem as createOperation,
  PublicAnnotationQueueItem,
  updateAnnotationQueueItem as updateOperation,
} from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { type Deps, itemNotFound, requireQueue, toPublicItem } from './annotation-queue';
import { deleteItemRow, findItem, insertItem, updateItem } from './store';

interface ItemIds {
  queueId: string;
  itemId: string;
}

const changeOf = (access: ProjectAccess, verb: string, itemId: string) => ({
  actor: access.actor,
  organizationId: access.organizationId,
  projectId: access.projectId,
  action: `annotation-queues.${verb}`,
  resourceType: 'annotation-queue-item',
  resourceId: itemId,
});

/** Puts a thing in the queue, whether or not it has arrived. Throws `not_found` when there is no such queue. */
export async function createAnnotationQueueItem(
  { relational }: Deps,
  access: ProjectAccess,
  queueId: string,
  body: BodyOf<typeof createOperation>,
): Promise<PublicAnnotationQueueItem> {
  requireScope(access, 'annotation-queues:update');
  const { projectId } = access;
  const status = body.status ?? 'PENDING';
  return relational.db.transaction(async (transaction) => {
    await requireQueue(transaction, projectId, queueId);
    const row = await insertItem(transaction, {
      id: randomUUID(),
      projectId,
      queueId,
      objectId: body.objectId,
      objectType: body.objectType,
      status,
      completedAt: status === 'COMPLETED' ? new Date() : null,
    });
    const after = toPublicItem(row);
    await recordChange(transaction, { ...changeOf(access, 'create-item', row.id), after });
    return after;
  });
}

/** Completes the item now, or makes it pending again. Throws `not_found`. */
export async function updateAnnotationQueueItem(
  { relational }: Deps,
  access: ProjectAccess,
  ids: ItemIds,
  { status }: BodyOf<typeof updateOperation>,
): Promise<PublicAnnotationQueueItem> {
  requireScope(access, 'annotation-queues:update');
  const place = { ...ids, projectId: access.projectId };
  return relational.db.transaction(async (transaction) => {
    await requireQueue(transaction, access.projectId, ids.queueId);
    const before = await findItem(transaction, place, true);
    if (!before) throw itemNotFound(ids.itemId);
    if (!status || status === before.status) return toPublicItem(before);
    const completedAt = status === 'COMPLETED' ? new Date() : null;
    const after = toPublicItem(await updateItem(transaction, place, { status, completedAt }));
    await recordChange(transaction, {
      ...changeOf(access, 'update-item', ids.itemId),
      before: toPublicItem(before),
      after,
    });
    return after;
  });
}

/** Throws `not_found`. */
export async function deleteAnnotationQueueItem(
  { relational }: Deps,
  access: ProjectAccess,
  ids: ItemIds,
): Promise<void> {
  requireScope(access, 'annotation-queues:update');
  await relational.db.transaction(async (transaction) => {
    await requireQueue(transaction, access.projectId, ids.queueId);
    const deleted = await deleteItemRow(transaction, { ...ids, projectId: access.projectId });
    if (!deleted) throw itemNotFound(ids.itemId);
    const before = toPublicItem(deleted);
    await recordChange(transaction, { ...changeOf(access, 'delete-item', ids.itemId), before });
  });
}
