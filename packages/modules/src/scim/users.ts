import type {
  AnswerOf,
  BodyOf,
  createScimUser,
  listScimUsers,
  patchScimUser,
  QueryOf,
  Role,
  replaceScimUser,
  ScimUser,
} from '@tracewell/contract';
import { scimSchemas } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type OrganizationAccess, requireScope } from '../access/index';
import { type Auth, ensureUser } from '../accounts/index';
import {
  countMembers,
  findMember,
  listMembers,
  type OrganizationMember,
  removeMember,
  setMember,
  userNotFound,
  wasMember,
} from '../memberships/index';
import { requireOrganization } from '../organizations/index';
import { readUserNameFilter } from './filter';
import { describeUser, nameOfUser } from './user';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** Who is given no role sees nothing until somebody gives them one. */
const defaultRole: Role = 'NONE';

/** The members of the organization, oldest first. Throws `invalid_request` for a filter that is not supported. */
export async function listUsers(
  { relational: { db } }: Deps,
  access: OrganizationAccess,
  { filter, startIndex, count }: QueryOf<typeof listScimUsers>,
): Promise<AnswerOf<typeof listScimUsers>> {
  requireScope(access, 'organization-users:read');
  const { organizationId } = access;
  const email = readUserNameFilter(filter);
  const [members, totalResults] = await Promise.all([
    count === 0 ? [] : listMembers(db, organizationId, { email, offset: startIndex - 1, limit: count }),
    countMembers(db, organizationId, email),
  ]);
  return {
    schemas: [scimSchemas.listResponse],
    totalResults,
    startIndex,
    itemsPerPage: members.length,
    Resources: members.map((member) => describeUser(member)),
  };
}

/** Throws `not_found` for who is no member. */
export async function getUser(
  { relational }: Deps,
  access: OrganizationAccess,
  userId: string,
): Promise<ScimUser> {
  requireScope(access, 'organization-users:read');
  const member = await findMember(relational.db, access.organizationId, userId);
  if (!member) throw userNotFound(userId);
  return describeUser(member);
}

/**
 * Makes the person a member, and an account for them where the address has none. A body that says they are not
 * active makes the account alone. Throws `conflict` for a member.
 */
export async function createUser(
  { relational, auth }: Deps & { auth: Auth },
  access: OrganizationAccess,
  body: BodyOf<typeof createScimUser>,
): Promise<ScimUser> {
  requireScope(access, 'organization-users:create');
  const userId = await ensureUser(auth, { email: body.userName, name: nameOfUser(body) });
  // Of who is not to be active nothing stays: in no moment do they hold a right.
  const role = body.active === false ? defaultRole : (body.roles?.[0] ?? defaultRole);
  return relational.db.transaction(async (transaction) => {
    const member = await setMember(transaction, access, { userId, role, mustBeNew: true });
    if (body.active !== false) return describeUser(member);
    await removeMember(transaction, access, userId);
    return describeUser(member, false);
  });
}

/**
 * With active false the membership ends; else it is made again where it has ended, and a role that is given counts.
 * An id alone brings nobody in: of who never was a member nothing is said, and nothing changes. Those come by their
 * address (`createUser`). Throws `not_found`, and `forbidden` for the last owner.
 */
export async function replaceUser(
  { relational }: Deps,
  access: OrganizationAccess,
  userId: string,
  { active, roles }: BodyOf<typeof replaceScimUser>,
): Promise<ScimUser> {
  requireScope(access, 'organization-users:update');
  return relational.db.transaction(async (transaction) => {
    if (active === false) return describeUser(await removeMember(transaction, access, userId), false);
    await requireOrganization(transaction, access.organizationId, 'update');
    const member = await findMember(transaction, access.organizationId, userId);
    if (!member && !(await wasMember(transaction, access.organizationId, userId))) {
      throw userNotFound(userId);
    }
    const role = roles?.[0] ?? member?.role ?? defaultRole;
    return describeUser(await setMember(transaction, access, { userId, role }));
  });
}

/** As `replaceUser`, where the last operation says whether the person is active. */
export async function patchUser(
  deps: Deps,
  access: OrganizationAccess,
  userId: string,
  { Operations }: BodyOf<typeof patchScimUser>,
): Promise<ScimUser> {
  const value = Operations.at(-1)!.value;
  return replaceUser(deps, access, userId, { active: typeof value === 'boolean' ? value : value.active });
}

/** The account stays. Throws `not_found` for who is no member, `forbidden` for the last owner. */
export async function deleteUser(
  { relational }: Deps,
  access: OrganizationAccess,
  userId: string,
): Promise<Record<string, never>> {
  requireScope(access, 'organization-users:delete');
  await relational.db.transaction(
    (transaction): Promise<OrganizationMember> => removeMember(transaction, access, userId),
  );
  return {};
}
