import {
  type AnswerOf,
  type listAnnotationQueues as listOperation,
  type PublicAnnotationQueue,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { type Deps, requireQueue, toPublicQueue } from './annotation-queue';
import { countQueues, listQueues } from './store';

/** One page of the project's queues, newest first. */
export async function listAnnotationQueues(
  { relational }: Deps,
  access: ProjectAccess,
  { page, limit }: QueryOf<typeof listOperation>,
): Promise<AnswerOf<typeof listOperation>> {
  requireScope(access, 'annotation-queues:read');
  const { projectId } = access;
  const [rows, totalItems] = await Promise.all([
    listQueues(relational.db, projectId, { limit, offset: (page - 1) * limit }),
    countQueues(relational.db, projectId),
  ]);
  return { data: rows.map(toPublicQueue), meta: toPageMeta({ page, limit }, totalItems) };
}

/** Throws `not_found`. */
export async function getAnnotationQueue(
  { relational }: Deps,
  access: ProjectAccess,
  queueId: string,
): Promise<PublicAnnotationQueue> {
  requireScope(access, 'annotation-queues:read');
  return toPublicQueue(await requireQueue(relational.db, access.projectId, queueId));
}
