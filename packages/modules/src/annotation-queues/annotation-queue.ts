import { ApiError, type PublicAnnotationQueue, type PublicAnnotationQueueItem } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { findQueue, type ItemRow, type QueueRow } from './store';

export interface Deps {
  relational: Pick<Relational, 'db'>;
}

export const toPublicQueue = (row: QueueRow): PublicAnnotationQueue => ({
  id: row.id,
  name: row.name,
  description: row.description,
  scoreConfigIds: row.scoreConfigIds,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const toPublicItem = (row: ItemRow): PublicAnnotationQueueItem => ({
  id: row.id,
  queueId: row.queueId,
  objectId: row.objectId,
  objectType: row.objectType,
  status: row.status,
  completedAt: row.completedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** Throws `not_found`. */
export async function requireQueue(
  db: Pick<Relational['db'], 'select'>,
  projectId: string,
  queueId: string,
): Promise<QueueRow> {
  const queue = await findQueue(db, projectId, queueId);
  if (!queue) {
    throw new ApiError('not_found', `Annotation queue ${queueId} not found within authorized project`);
  }
  return queue;
}

export const itemNotFound = (itemId: string) =>
  new ApiError('not_found', `Annotation queue item ${itemId} not found in this queue`);
