import type { Role } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { users } from '@tracewell/schema/postgres/accounts';
import { organizationMemberships } from '@tracewell/schema/postgres/organizations';
import { projectMemberships } from '@tracewell/schema/postgres/project-memberships';
import { and, asc, count, eq, ne, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;

/** A member with what others may know of them. */
export interface Member {
  userId: string;
  role: Role;
  email: string;
  name: string;
}
export interface OrganizationMember extends Member {
  createdAt: Date;
  updatedAt: Date;
}

/** Most members of one answer where the wire has no pages. */
export const maxMembers = 10_000;

const memberOfOrganization = {
  userId: organizationMemberships.userId,
  role: organizationMemberships.role,
  email: users.email,
  name: users.name,
  createdAt: organizationMemberships.createdAt,
  updatedAt: organizationMemberships.updatedAt,
};
const selectMembers = (db: Pick<Database, 'select'>) =>
  db
    .select(memberOfOrganization)
    .from(organizationMemberships)
    .innerJoin(users, eq(users.id, organizationMemberships.userId));

/** Oldest first; those with this address when one is given (lower case). */
export const listMembers = (
  db: Database,
  organizationId: string,
  page: { email?: string | undefined; offset: number; limit: number },
): Promise<OrganizationMember[]> =>
  selectMembers(db)
    .where(ofOrganization(organizationId, page.email))
    .orderBy(asc(organizationMemberships.createdAt), asc(organizationMemberships.userId))
    .offset(page.offset)
    .limit(page.limit);

export async function countMembers(
  db: Database,
  organizationId: string,
  email: string | undefined,
): Promise<number> {
  const [row] = await db
    .select({ members: count() })
    .from(organizationMemberships)
    .innerJoin(users, eq(users.id, organizationMemberships.userId))
    .where(ofOrganization(organizationId, email));
  return row?.members ?? 0;
}

const ofOrganization = (organizationId: string, email: string | undefined) =>
  and(
    eq(organizationMemberships.organizationId, organizationId),
    email === undefined ? undefined : eq(users.email, email),
  );

const isMember = (organizationId: string, userId: string) =>
  and(eq(organizationMemberships.organizationId, organizationId), eq(organizationMemberships.userId, userId));

export async function findMember(
  db: Pick<Database, 'select'>,
  organizationId: string,
  userId: string,
): Promise<OrganizationMember | null> {
  const [row] = await selectMembers(db).where(isMember(organizationId, userId)).limit(1);
  return row ?? null;
}

export async function findUser(db: Pick<Database, 'select'>, userId: string) {
  const [row] = await db
    .select({ userId: users.id, email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, userId))
    .limit(1);
  return row ?? null;
}

/** Whether somebody else owns the organization as well. */
export async function hasOtherOwner(
  transaction: Transaction,
  organizationId: string,
  userId: string,
): Promise<boolean> {
  const [row] = await transaction
    .select({ userId: organizationMemberships.userId })
    .from(organizationMemberships)
    .where(
      and(
        eq(organizationMemberships.organizationId, organizationId),
        eq(organizationMemberships.role, 'OWNER'),
        ne(organizationMemberships.userId, userId),
      ),
    )
    .limit(1);
  return row !== undefined;
}

export async function upsertMember(
  transaction: Transaction,
  member: { organizationId: string; userId: string; role: Role },
): Promise<void> {
  await transaction
    .insert(organizationMemberships)
    .values(member)
    .onConflictDoUpdate({
      target: [organizationMemberships.organizationId, organizationMemberships.userId],
      set: { role: member.role, updatedAt: new Date() },
    });
}

/** Their roles in projects go with it. */
export async function deleteMember(
  transaction: Transaction,
  organizationId: string,
  userId: string,
): Promise<void> {
  await transaction.delete(organizationMemberships).where(isMember(organizationId, userId));
}

/** Those with a role of their own in the project, oldest first. */
export const listMembersOfProject = (db: Database, projectId: string): Promise<Member[]> =>
  db
    .select({
      userId: projectMemberships.userId,
      role: projectMemberships.role,
      email: users.email,
      name: users.name,
    })
    .from(projectMemberships)
    .innerJoin(users, eq(users.id, projectMemberships.userId))
    .where(eq(projectMemberships.projectId, projectId))
    .orderBy(asc(projectMemberships.createdAt), asc(projectMemberships.userId))
    .limit(maxMembers);

const isMemberOfProject = (projectId: string, userId: string) =>
  and(eq(projectMemberships.projectId, projectId), eq(projectMemberships.userId, userId));

export async function findRoleInProject(
  transaction: Transaction,
  projectId: string,
  userId: string,
): Promise<Role | null> {
  const [row] = await transaction
    .select({ role: projectMemberships.role })
    .from(projectMemberships)
    .where(isMemberOfProject(projectId, userId))
    .limit(1);
  return row?.role ?? null;
}

export async function upsertMemberOfProject(
  transaction: Transaction,
  member: typeof projectMemberships.$inferInsert,
): Promise<void> {
  await transaction
    .insert(projectMemberships)
    .values(member)
    .onConflictDoUpdate({
      target: [projectMemberships.projectId, projectMemberships.userId],
      set: { role: member.role, updatedAt: new Date() },
    });
}

export async function deleteMemberOfProject(
  transaction: Transaction,
  projectId: string,
  userId: string,
): Promise<void> {
  await transaction.delete(projectMemberships).where(isMemberOfProject(projectId, userId));
}

/** Members of the organization whose name or address has a word that begins with the text; by name. */
export const findMentionable = (
  db: Pick<Database, 'select'>,
  { organizationId }: { organizationId: string },
  search: string,
  limit: number,
): Promise<{ id: string; name: string }[]> => {
  const text = sql`lower(' ' || ${users.name} || ' ' || ${users.email})`;
  return db
    .select({ id: users.id, name: users.name })
    .from(organizationMemberships)
    .innerJoin(users, eq(users.id, organizationMemberships.userId))
    .where(
      and(
        eq(organizationMemberships.organizationId, organizationId),
        search === '' ? undefined : sql`strpos(${text}, ' ' || lower(${search}::text)) > 0`,
      ),
    )
    .orderBy(asc(users.name), asc(users.id))
    .limit(limit);
};
