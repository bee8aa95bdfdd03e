import type { Relational } from '@tracewell/engines/relational/port';
import { organizations } from '@tracewell/schema/postgres/organizations';
import { projects } from '@tracewell/schema/postgres/projects';
import { and, eq, isNull } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;

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
