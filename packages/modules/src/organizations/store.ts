import type { Relational } from '@tracewell/engines/relational/port';
import { organizationMemberships, organizations } from '@tracewell/schema/postgres/organizations';
import { projects } from '@tracewell/schema/postgres/projects';
import { and, asc, eq, isNull } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;
type Membership = typeof organizationMemberships.$inferInsert;

export async function insertOrganizationOnce(
  transaction: Transaction,
  organization: typeof organizations.$inferInsert,
): Promise<void> {
  await transaction.insert(organizations).values(organization).onConflictDoNothing();
}

export async function insertMembershipOnce(transaction: Transaction, membership: Membership): Promise<void> {
  await transaction.insert(organizationMemberships).values(membership).onConflictDoNothing();
}

/** The person's organizations with the projects in them, by name; one row per project, `project` null for none. */
export const listMemberships = (db: Database, userId: string) =>
  db
    .select({
      organization: { id: organizations.id, name: organizations.name },
      role: organizationMemberships.role,
      project: { id: projects.id, name: projects.name },
    })
    .from(organizationMemberships)
    .innerJoin(organizations, eq(organizations.id, organizationMemberships.organizationId))
    .leftJoin(projects, and(eq(projects.organizationId, organizations.id), isNull(projects.deletedAt)))
    .where(eq(organizationMemberships.userId, userId))
    .orderBy(asc(organizations.name), asc(organizations.id), asc(projects.name), asc(projects.id))
    .limit(10_000);

export async function findMembershipOfProject(db: Database, userId: string, projectId: string) {
  const [row] = await db
    .select({
      projectId: projects.id,
      organizationId: projects.organizationId,
      role: organizationMemberships.role,
    })
    .from(projects)
    .innerJoin(organizationMemberships, eq(organizationMemberships.organizationId, projects.organizationId))
    .where(
      and(eq(projects.id, projectId), isNull(projects.deletedAt), eq(organizationMemberships.userId, userId)),
    )
    .limit(1);
  return row ?? null;
}
