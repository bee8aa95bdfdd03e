import type { Relational } from '@tracewell/engines/relational/port';
import { organizationMemberships, organizations } from '@tracewell/schema/postgres/organizations';
import { projectMemberships } from '@tracewell/schema/postgres/project-memberships';
import { projects } from '@tracewell/schema/postgres/projects';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;
type Membership = typeof organizationMemberships.$inferInsert;
export type OrganizationRow = typeof organizations.$inferSelect;
export type ProjectRow = typeof projects.$inferSelect;

/** Most of one answer; the wire has no pages here. */
const maxOrganizations = 10_000;
const maxProjects = 100_000;

export async function insertOrganizationOnce(
  transaction: Transaction,
  organization: typeof organizations.$inferInsert,
): Promise<void> {
  await transaction.insert(organizations).values(organization).onConflictDoNothing();
}

export async function insertMembershipOnce(transaction: Transaction, membership: Membership): Promise<void> {
  await transaction.insert(organizationMemberships).values(membership).onConflictDoNothing();
}

/** A role in the project counts instead of the one in the organization. */
const roleInProject = sql<
  (typeof organizationMemberships.$inferSelect)['role']
>`coalesce(${projectMemberships.role}, ${organizationMemberships.role})`;
const isOfMember = and(
  eq(projectMemberships.projectId, projects.id),
  eq(projectMemberships.userId, organizationMemberships.userId),
);

/** The person's organizations with the projects in them, by name; one row per project, `project` null for none. */
export const listMemberships = (db: Database, userId: string) =>
  db
    .select({
      organization: { id: organizations.id, name: organizations.name },
      role: organizationMemberships.role,
      project: { id: projects.id, name: projects.name },
      roleInProject,
    })
    .from(organizationMemberships)
    .innerJoin(organizations, eq(organizations.id, organizationMemberships.organizationId))
    .leftJoin(projects, and(eq(projects.organizationId, organizations.id), isNull(projects.deletedAt)))
    .leftJoin(projectMemberships, isOfMember)
    .where(eq(organizationMemberships.userId, userId))
    .orderBy(asc(organizations.name), asc(organizations.id), asc(projects.name), asc(projects.id))
    .limit(maxProjects);

export async function findMembershipOfProject(db: Database, userId: string, projectId: string) {
  const [row] = await db
    .select({ projectId: projects.id, organizationId: projects.organizationId, role: roleInProject })
    .from(projects)
    .innerJoin(organizationMemberships, eq(organizationMemberships.organizationId, projects.organizationId))
    .leftJoin(projectMemberships, isOfMember)
    .where(
      and(eq(projects.id, projectId), isNull(projects.deletedAt), eq(organizationMemberships.userId, userId)),
    )
    .limit(1);
  return row ?? null;
}

export const listAll = (db: Database): Promise<OrganizationRow[]> =>
  db
    .select()
    .from(organizations)
    .orderBy(asc(organizations.createdAt), asc(organizations.id))
    .limit(maxOrganizations);

export async function findOrganization(
  db: Pick<Database, 'select'>,
  id: string,
  lock?: 'update',
): Promise<OrganizationRow | null> {
  const query = db.select().from(organizations).where(eq(organizations.id, id)).limit(1);
  const [row] = await (lock ? query.for(lock) : query);
  return row ?? null;
}

export async function insertOrganization(
  transaction: Transaction,
  organization: typeof organizations.$inferInsert,
): Promise<OrganizationRow> {
  const [row] = await transaction.insert(organizations).values(organization).returning();
  return row!;
}

export async function updateOrganization(
  transaction: Transaction,
  id: string,
  change: Partial<typeof organizations.$inferInsert>,
): Promise<OrganizationRow> {
  const [row] = await transaction
    .update(organizations)
    .set({ ...change, updatedAt: new Date() })
    .where(eq(organizations.id, id))
    .returning();
  return row!;
}

export async function deleteOrganization(transaction: Transaction, id: string): Promise<void> {
  await transaction.delete(organizations).where(eq(organizations.id, id));
}

/** Oldest first, without those that were deleted. */
export const listProjectsOf = (
  db: Pick<Database, 'select'>,
  organizationIds: readonly string[],
): Promise<ProjectRow[]> =>
  db
    .select()
    .from(projects)
    .where(and(inArray(projects.organizationId, [...organizationIds]), isNull(projects.deletedAt)))
    .orderBy(asc(projects.createdAt), asc(projects.id))
    .limit(maxProjects);

/** Not one that was deleted. With `lock`, it cannot be deleted before the transaction ends. */
export async function findProjectOf(
  db: Pick<Database, 'select'>,
  organizationId: string,
  projectId: string,
  lock?: 'share' | 'update',
): Promise<ProjectRow | null> {
  const query = db
    .select()
    .from(projects)
    .where(
      and(
        eq(projects.id, projectId),
        eq(projects.organizationId, organizationId),
        isNull(projects.deletedAt),
      ),
    )
    .limit(1);
  const [row] = await (lock ? query.for(lock) : query);
  return row ?? null;
}
