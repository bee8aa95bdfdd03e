import { randomUUID } from 'node:crypto';
import { ApiError, type BodyOf, type createComment as operation } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { findRoleInProject } from '../organizations/index';
import { hasObject } from './commented-object';
import { insertComment } from './store';

const nouns = { TRACE: 'trace', OBSERVATION: 'observation', SESSION: 'session', PROMPT: 'prompt' } as const;

/**
 * Comments on a thing of the project. Throws `not_found` when it has not arrived, and `invalid_request` when
 * the author is no member of the organization.
 */
export async function createComment(
  deps: { relational: Pick<Relational, 'db'>; columnar: Columnar },
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<{ id: string }> {
  requireScope(access, 'comments:create');
  const { projectId } = access;
  const { objectType, objectId, content } = body;
  const authorUserId = body.authorUserId ?? (access.actor.kind === 'user' ? access.actor.id : null);
  if (authorUserId !== null && (await findRoleInProject(deps, authorUserId, projectId)) === null) {
    throw new ApiError(
      'invalid_request',
      `authorUserId: no member of this organization has the id ${authorUserId}; leave it out or name a member`,
    );
  }
  if (!(await hasObject(deps, projectId, objectType, objectId))) {
    throw new ApiError(
      'not_found',
      `This project has no ${nouns[objectType]} ${objectId}. What was just sent takes a moment to arrive.`,
    );
  }
  const id = randomUUID();
  await deps.relational.db.transaction(async (transaction) => {
    await insertComment(transaction, { id, projectId, objectType, objectId, content, authorUserId });
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'comments.create',
      resourceType: 'comment',
      resourceId: id,
      after: { objectType, objectId, content, authorUserId },
    });
  });
  return { id };
}
