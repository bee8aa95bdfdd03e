import {
  type AnswerOf,
  type listAnnotationQueueItems as listOperation,
  type PublicAnnotationQueueItem,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { type Deps, itemNotFound, requireQueue, toPublicItem } from './annotation-queue';
import { countItems, findItem, listItems } from './store';

/** One page of what is in the queue, newest first. Throws `not_found`. */
export async function listAnnotationQueueItems(
  { relational }: Deps,
  access: ProjectAccess,
  queueId: string,
  { page, limit, status }: QueryOf<typeof listOperation>,
): Promise<AnswerOf<typeof listOperation>> {
  requireScope(access, 'annotation-queues:read');
  const { projectId } = access;
  await requireQueue(relational.db, projectId, queueId);
  const selection = { projectId, queueId, status };
  const [rows, totalItems] = await Promise.all([
    listItems(relational.db, selection, { limit, offset: (page - 1) * limit }),
    countItems(relational.db, selection),
  ]);
  return { data: rows.map(toPublicItem), meta: toPageMeta({ page, limit }, totalItems) };
}

/** Throws `not_found`. */
export async function getAnnotationQueueItem(
  { relational }: Deps,
  access: ProjectAccess,
  { queueId, itemId }: { queueId: string; itemId: string },
): Promise<PublicAnnotationQueueItem> {
  requireScope(access, 'annotation-queues:read');
  const { projectId } = access;
  await requireQueue(relational.db, projectId, queueId);
  const row = await findItem(relational.db, { projectId, queueId, itemId });
  if (!row) throw itemNotFound(itemId);
  return toPublicItem(row);
}
