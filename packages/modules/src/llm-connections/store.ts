import type { Relational } from '@tracewell/engines/relational/port';
import { llmConnections } from '@tracewell/schema/postgres/llm-connections';
import { and, count, desc, eq, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;
export type ConnectionRow = typeof llmConnections.$inferSelect;
export type ConnectionValues = Omit<ConnectionRow, 'createdAt' | 'updatedAt'>;

export async function listConnections(
  db: Database,
  projectId: string,
  page: { page: number; limit: number },
): Promise<{ rows: ConnectionRow[]; total: number }> {
  const ofProject = eq(llmConnections.projectId, projectId);
  const [rows, [counted]] = await Promise.all([
    db
      .select()
      .from(llmConnections)
      .where(ofProject)
      .orderBy(desc(llmConnections.createdAt), desc(llmConnections.id))
      .limit(page.limit)
      .offset((page.page - 1) * page.limit),
    db.select({ total: count() }).from(llmConnections).where(ofProject),
  ]);
  return { rows, total: counted?.total ?? 0 };
}

/** Locked until the transaction ends. */
export async function lockConnection(
  transaction: Transaction,
  projectId: string,
  provider: string,
): Promise<ConnectionRow | null> {
  const [row] = await transaction
    .select()
    .from(llmConnections)
    .where(and(eq(llmConnections.projectId, projectId), eq(llmConnections.provider, provider)))
    .limit(1)
    .for('update');
  return row ?? null;
}

/** null when somebody else created one of this name meanwhile. */
export async function insertConnection(
  transaction: Transaction,
  values: ConnectionValues,
): Promise<ConnectionRow | null> {
  const [row] = await transaction.insert(llmConnections).values(values).onConflictDoNothing().returning();
  return row ?? null;
}

export async function replaceConnection(
  transaction: Transaction,
  values: ConnectionValues,
): Promise<ConnectionRow> {
  const { id, projectId, ...rest } = values;
  const [row] = await transaction
    .update(llmConnections)
    .set({ ...rest, updatedAt: sql`now()` })
    .where(and(eq(llmConnections.id, id), eq(llmConnections.projectId, projectId)))
    .returning();
  return row!;
}

export async function deleteConnection(
  transaction: Transaction,
  projectId: string,
  id: string,
): Promise<ConnectionRow | null> {
  const [row] = await transaction
    .delete(llmConnections)
    .where(and(eq(llmConnections.projectId, projectId), eq(llmConnections.id, id)))
    .returning();
  return row ?? null;
}
