import { type BodyOf, type createScimUser, type ScimUser, scimSchemas } from '@tracewell/contract';
import type { OrganizationMember } from '../memberships/index';

/** A member as SCIM shows it. `isActive` false: the membership has ended. */
export const describeUser = (member: OrganizationMember, isActive = true): ScimUser => ({
  schemas: [scimSchemas.user],
  id: member.userId,
  userName: member.email,
  name: { formatted: member.name },
  emails: [{ primary: true, value: member.email, type: 'work' }],
  active: isActive,
  meta: {
    resourceType: 'User',
    created: member.createdAt.toISOString(),
    lastModified: member.updatedAt.toISOString(),
  },
});

/** The name of a new account: the first that is given, or else the address. */
export function nameOfUser(body: BodyOf<typeof createScimUser>): string {
  const { name, displayName, userName } = body;
  const parts = [name?.givenName, name?.familyName].filter(Boolean).join(' ');
  return [name?.formatted, displayName, parts].find((one) => one?.trim())?.trim() ?? userName;
}
