import type { Membership, Role } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type OrganizationAccess, requireScope } from '../access/index';
import { removeMember, setMember } from './change-member';
import { listMembers, type Member, maxMembers } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

export const describeMember = ({ userId, role, email, name }: Member): Membership => ({
  userId,
  role,
  email,
  name,
});

/** The members of the organization, oldest first. */
export async function listOrganizationMembers(
  { relational }: Deps,
  access: OrganizationAccess,
): Promise<{ memberships: Membership[] }> {
  requireScope(access, 'organization-members:read');
  const page = { offset: 0, limit: maxMembers };
  const members = await listMembers(relational.db, access.organizationId, page);
  return { memberships: members.map(describeMember) };
}

/** Throws `not_found` for an unknown user, `forbidden` where the last owner would lose the role. */
export async function setOrganizationMember(
  { relational }: Deps,
  access: OrganizationAccess,
  body: { userId: string; role: Role },
): Promise<Membership> {
  requireScope(access, 'organization-members:update');
  return describeMember(
    await relational.db.transaction((transaction) => setMember(transaction, access, body)),
  );
}

/** Throws `not_found` for who is no member, `forbidden` for the last owner. */
export async function deleteOrganizationMember(
  { relational }: Deps,
  access: OrganizationAccess,
  { userId }: { userId: string },
): Promise<{ message: string; userId: string }> {
  requireScope(access, 'organization-members:delete');
  await relational.db.transaction((transaction) => removeMember(transaction, access, userId));
  return { message: 'The membership was deleted.', userId };
}
