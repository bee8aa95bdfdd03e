import type { Relational } from '@tracewell/engines/relational/port';
import { apiKeys } from '@tracewell/schema/postgres/api-keys';
import { organizations } from '@tracewell/schema/postgres/organizations';
import { projectPurges } from '@tracewell/schema/postgres/project-purges';
import { projects } from '@tracewell/schema/postgres/projects';
import { and, eq, isNull, ne } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;
export type ProjectRow = typeof projects.$inferSelect;

export async function insertProjectOnce(
  transaction: Transaction,
  project: typeof projects.$inferInsert,
): Promise<void> {
  await transaction.insert(projects).values(project).onConflictDoNothing();
}

export async function findProject(db: Database, projectId: string) {
  const [row] = await db
    .select({
      id: projects.id,
      name: projects.name,
      metadata: projects.metadata,
      retentionDays: projects.retentionDays,
      organization: { id: organizations.id, name: organizations.name },
    })
    .from(projects)
    .innerJoin(organizations, eq(organizations.id, projects.organizationId))
    .where(and(eq(projects.id, projectId), isNull(projects.deletedAt)))
    .limit(1);
  return row ?? null;
}

/** Whether another project of the organization has this name; deleted ones have given theirs back. */
export async function isNameTaken(
  transaction: Transaction,
  project: { organizationId: string; name: string; exceptId?: string },
): Promise<boolean> {
  const [row] = await transaction
    .select({ id: projects.id })
    .from(projects)
    .where(
      and(
        eq(projects.organizationId, project.organizationId),
        eq(projects.name, project.name),
        isNull(projects.deletedAt),
        project.exceptId === undefined ? undefined : ne(projects.id, project.exceptId),
      ),
    )
    .limit(1);
  return row !== undefined;
}

export async function insertProject(
  transaction: Transaction,
  project: typeof projects.$inferInsert,
): Promise<ProjectRow> {
  const [row] = await transaction.insert(projects).values(project).returning();
  return row!;
}

export async function updateProject(
  transaction: Transaction,
  projectId: string,
  change: Partial<typeof projects.$inferInsert>,
): Promise<ProjectRow> {
  const [row] = await transaction
    .update(projects)
    .set({ ...change, updatedAt: new Date() })
    .where(eq(projects.id, projectId))
    .returning();
  return row!;
}

/** The project is invisible and its keys are gone; what is to be purged is noted. */
export async function markDeleted(
  transaction: Transaction,
  project: { id: string; organizationId: string },
  now: Date,
): Promise<void> {
  await transaction.update(projects).set({ deletedAt: now }).where(eq(projects.id, project.id));
  await transaction.delete(apiKeys).where(eq(apiKeys.projectId, project.id));
  const requested = {
    organizationId: project.organizationId,
    requestedAt: now,
    emptiedAt: null,
    purgedAt: null,
    claimedUntil: null,
  };
  // An id may have been given again and be deleted again.
  await transaction
    .insert(projectPurges)
    .values({ projectId: project.id, ...requested })
    .onConflictDoUpdate({ target: projectPurges.projectId, set: requested });
}
