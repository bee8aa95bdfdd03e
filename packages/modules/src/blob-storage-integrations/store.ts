import type { Relational } from '@tracewell/engines/relational/port';
import { blobStorageIntegrations } from '@tracewell/schema/postgres/blob-storage-integrations';
import { projects } from '@tracewell/schema/postgres/projects';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;
export type IntegrationRow = typeof blobStorageIntegrations.$inferSelect;

/** An organization has few projects; more are not listed. */
const maxListed = 1_000;

/** Of all projects of the organization. */
export async function listIntegrations(db: Database, organizationId: string): Promise<IntegrationRow[]> {
  const rows = await db
    .select({ integration: blobStorageIntegrations })
    .from(blobStorageIntegrations)
    .innerJoin(projects, eq(projects.id, blobStorageIntegrations.projectId))
    .where(and(eq(projects.organizationId, organizationId), isNull(projects.deletedAt)))
    .orderBy(asc(blobStorageIntegrations.createdAt), asc(blobStorageIntegrations.projectId))
    .limit(maxListed);
  return rows.map(({ integration }) => integration);
}

/** The integration of a project of the organization. */
export async function findIntegration(
  db: Pick<Database, 'select'>,
  organizationId: string,
  projectId: string,
): Promise<IntegrationRow | null> {
  const [row] = await db
    .select({ integration: blobStorageIntegrations })
    .from(blobStorageIntegrations)
    .innerJoin(projects, eq(projects.id, blobStorageIntegrations.projectId))
    .where(
      and(
        eq(blobStorageIntegrations.projectId, projectId),
        eq(projects.organizationId, organizationId),
        isNull(projects.deletedAt),
      ),
    )
    .limit(1);
  return row?.integration ?? null;
}

export async function upsertIntegration(
  transaction: Transaction,
  values: typeof blobStorageIntegrations.$inferInsert,
): Promise<IntegrationRow> {
  const { projectId: _, ...set } = values;
  const [row] = await transaction
    .insert(blobStorageIntegrations)
    .values(values)
    .onConflictDoUpdate({
      target: blobStorageIntegrations.projectId,
      set: { ...set, updatedAt: sql`now()` },
    })
    .returning();
  return row!;
}

export async function deleteIntegration(transaction: Transaction, projectId: string): Promise<void> {
  await transaction.delete(blobStorageIntegrations).where(eq(blobStorageIntegrations.projectId, projectId));
}
