import { ApiError, type Role } from '@tracewell/contract';
import type { OrganizationAccess } from '../access/index';
import { isRecorded, recordChange } from '../audit-log/index';
import { requireOrganization } from '../organizations/index';
import * as store from './store';

/**
 * Changes of an organization's members, whichever door they come through; the doors check the right. All of
 * them lock the organization first, so that of two owners who leave at the same time one is told to stay.
 */
type Member = store.OrganizationMember;

const changeOf = (access: OrganizationAccess, verb: string, userId: string) => ({
  actor: access.actor,
  organizationId: access.organizationId,
  projectId: null,
  action: `memberships.${verb}`,
  resourceType: 'membership',
  resourceId: userId,
});

/**
 * Makes the user a member with this role, or gives a member this role. Throws `not_found` for an unknown user,
 * `conflict` for one who is a member already where only new ones are wanted, `forbidden` for the last owner.
 */
export async function setMember(
  transaction: store.Transaction,
  access: OrganizationAccess,
  { userId, role, mustBeNew = false }: { userId: string; role: Role; mustBeNew?: boolean },
): Promise<Member> {
  const { organizationId } = access;
  await requireOrganization(transaction, organizationId, 'update');
  const user = await store.findUser(transaction, userId);
  if (!user) throw userNotFound(userId);
  const before = await store.findMember(transaction, organizationId, userId);
  if (before && mustBeNew) {
    throw new ApiError('conflict', `User ${user.email} already exists in this organization.`);
  }
  if (before?.role === role) return before;
  if (before?.role === 'OWNER') await requireOtherOwner(transaction, organizationId, userId);
  await store.upsertMember(transaction, { organizationId, userId, role });
  await recordChange(transaction, {
    ...changeOf(access, before ? 'update' : 'create', userId),
    ...(before && { before: { role: before.role } }),
    after: { role, email: user.email },
  });
  return (await store.findMember(transaction, organizationId, userId))!;
}

/** Throws `not_found` for who is no member, `forbidden` for the last owner. */
export async function removeMember(
  transaction: store.Transaction,
  access: OrganizationAccess,
  userId: string,
): Promise<Member> {
  const { organizationId } = access;
  await requireOrganization(transaction, organizationId, 'update');
  const member = await store.findMember(transaction, organizationId, userId);
  if (!member) throw userNotFound(userId);
  if (member.role === 'OWNER') await requireOtherOwner(transaction, organizationId, userId);
  await store.deleteMember(transaction, organizationId, userId);
  await recordChange(transaction, {
    ...changeOf(access, 'delete', userId),
    before: { role: member.role, email: member.email },
  });
  return member;
}

/** Whether they were a member once: whoever leaves is written down, and nowhere else does their id stay. */
export const wasMember = (
  db: Parameters<typeof isRecorded>[0],
  organizationId: string,
  userId: string,
): Promise<boolean> => isRecorded(db, { organizationId, action: 'memberships.delete', resourceId: userId });

export const userNotFound = (userId: string) =>
  new ApiError('not_found', `User not found: this organization knows no user ${userId}.`);

async function requireOtherOwner(
  transaction: store.Transaction,
  organizationId: string,
  userId: string,
): Promise<void> {
  if (await store.hasOtherOwner(transaction, organizationId, userId)) return;
  throw new ApiError(
    'forbidden',
    `User ${userId} is the last owner of this organization: make somebody else an OWNER first.`,
  );
}
