import { ApiError } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { findRoleInProject } from '../organizations/index';
import { type Deps, requireQueue } from './annotation-queue';
import { type Assignment, deleteAssignmentRow, insertAssignment } from './store';

const changeOf = (access: ProjectAccess, verb: string, queueId: string) => ({
  actor: access.actor,
  organizationId: access.organizationId,
  projectId: access.projectId,
  action: `annotation-queues.${verb}`,
  resourceType: 'annotation-queue',
  resourceId: queueId,
});

/** Doing it again changes nothing. Throws `not_found` for a person whom the project is closed to. */
export async function assignPerson(
  { relational }: Deps,
  access: ProjectAccess,
  queueId: string,
  userId: string,
): Promise<Assignment> {
  requireScope(access, 'annotation-queues:assign');
  const { projectId } = access;
  await requireQueue(relational.db, projectId, queueId);
  const role = await findRoleInProject({ relational }, userId, projectId);
  if (role === null || role === 'NONE') {
    throw new ApiError('not_found', `No person with the id ${userId} has access to this project.`);
  }
  const assignment = { userId, queueId, projectId };
  await relational.db.transaction(async (transaction) => {
    if (!(await insertAssignment(transaction, assignment))) return;
    await recordChange(transaction, { ...changeOf(access, 'assign', queueId), after: { userId } });
  });
  return assignment;
}

/** No error when the person was not assigned. Throws `not_found` when there is no such queue. */
export async function unassignPerson(
  { relational }: Deps,
  access: ProjectAccess,
  queueId: string,
  userId: string,
): Promise<void> {
  requireScope(access, 'annotation-queues:assign');
  const assignment = { projectId: access.projectId, queueId, userId };
  await requireQueue(relational.db, access.projectId, queueId);
  await relational.db.transaction(async (transaction) => {
    if (!(await deleteAssignmentRow(transaction, assignment))) return;
    await recordChange(transaction, { ...changeOf(access, 'unassign', queueId), before: { userId } });
  });
}
