import { ApiError, type Membership, type Role } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type OrganizationAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { requireProject } from '../organizations/index';
import { userNotFound } from './change-member';
import { describeMember } from './members-of-organization';
import * as store from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

const changeOf = (access: OrganizationAccess, projectId: string, verb: string, userId: string) => ({
  actor: access.actor,
  organizationId: access.organizationId,
  projectId,
  action: `project-memberships.${verb}`,
  resourceType: 'project-membership',
  resourceId: userId,
});

/** Those with a role of their own in the project, oldest first. Throws `not_found`. */
export async function listProjectMembers(
  { relational }: Deps,
  access: OrganizationAccess,
  projectId: string,
): Promise<{ memberships: Membership[] }> {
  requireScope(access, 'project-members:read');
  await requireProject(relational.db, access, projectId);
  const members = await store.listMembersOfProject(relational.db, projectId);
  return { memberships: members.map(describeMember) };
}

/** Throws `not_found` for the project and for who is no member of the organization. */
export async function setProjectMember(
  { relational }: Deps,
  access: OrganizationAccess,
  projectId: string,
  { userId, role }: { userId: string; role: Role },
): Promise<Membership> {
  requireScope(access, 'project-members:update');
  const { organizationId } = access;
  return relational.db.transaction(async (transaction) => {
    await requireProject(transaction, access, projectId, 'update');
    const member = await store.findMember(transaction, organizationId, userId);
    if (!member) throw userNotFound(userId);
    const before = await store.findRoleInProject(transaction, projectId, userId);
    if (before !== role) {
      await store.upsertMemberOfProject(transaction, { projectId, organizationId, userId, role });
      await recordChange(transaction, {
        ...changeOf(access, projectId, before ? 'update' : 'create', userId),
        ...(before && { before: { role: before } }),
        after: { role },
      });
    }
    return describeMember({ ...member, role });
  });
}

/** Throws `not_found` for the project and for who has no role of their own in it. */
export async function deleteProjectMember(
  { relational }: Deps,
  access: OrganizationAccess,
  projectId: string,
  { userId }: { userId: string },
): Promise<{ message: string; userId: string }> {
  requireScope(access, 'project-members:delete');
  await relational.db.transaction(async (transaction) => {
    await requireProject(transaction, access, projectId, 'update');
    const role = await store.findRoleInProject(transaction, projectId, userId);
    if (!role) {
      throw new ApiError(
        'not_found',
        `Membership not found: user ${userId} has no role of their own in project ${projectId}.`,
      );
    }
    await store.deleteMemberOfProject(transaction, projectId, userId);
    await recordChange(transaction, {
      ...changeOf(access, projectId, 'delete', userId),
      before: { role },
    });
  });
  return { message: 'The membership was deleted.', userId };
}
