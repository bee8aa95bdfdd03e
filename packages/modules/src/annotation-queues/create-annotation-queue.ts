import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  type createAnnotationQueue as operation,
  type PublicAnnotationQueue,
} from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { findMissingConfigs } from '../score-configs/index';
import { type Deps, toPublicQueue } from './annotation-queue';
import { insertQueue } from './store';

/** Throws `invalid_request` when the name is taken or a score config is none of the project. */
export async function createAnnotationQueue(
  { relational }: Deps,
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<PublicAnnotationQueue> {
  requireScope(access, 'annotation-queues:create');
  const { projectId } = access;
  const queue = {
    name: body.name,
    description: body.description ?? null,
    scoreConfigIds: [...new Set(body.scoreConfigIds)],
  };
  const row = await relational.db.transaction(async (transaction) => {
    const missing = await findMissingConfigs(transaction, projectId, queue.scoreConfigIds);
    if (missing.length > 0) {
      throw new ApiError(
        'invalid_request',
        `scoreConfigIds: this project has no score config ${missing.slice(0, 10).join(', ')}; GET /api/public/score-configs lists those it has`,
      );
    }
    const inserted = await insertQueue(transaction, { ...queue, id: randomUUID(), projectId });
    if (!inserted) {
      throw new ApiError(
        'invalid_request',
        `name: this project already has an annotation queue ${queue.name}; choose another name`,
      );
    }
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'annotation-queues.create',
      resourceType: 'annotation-queue',
      resourceId: inserted.id,
      after: queue,
    });
    return inserted;
  });
  return toPublicQueue(row);
}
