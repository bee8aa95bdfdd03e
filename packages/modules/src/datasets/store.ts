import type { Relational } from '@tracewell/engines/relational/port';
import { datasets } from '@tracewell/schema/postgres/datasets';
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;
export type DatasetRow = typeof datasets.$inferSelect;
type Changes = Partial<Pick<DatasetRow, 'description' | 'metadata' | 'inputSchema' | 'expectedOutputSchema'>>;

const named = (projectId: string, names: readonly string[]) =>
  and(eq(datasets.projectId, projectId), inArray(datasets.name, [...names]));

/** At most one per name. */
export const findByNames = (
  db: Transaction,
  projectId: string,
  names: readonly string[],
): Promise<DatasetRow[]> => db.select().from(datasets).where(named(projectId, names));

/** Against a change of its schemas until the transaction ends. */
export const findByNamesAndHold = (
  transaction: Transaction,
  projectId: string,
  names: readonly string[],
): Promise<DatasetRow[]> => transaction.select().from(datasets).where(named(projectId, names)).for('share');

export async function findById(
  db: Transaction,
  projectId: string,
  datasetId: string,
): Promise<DatasetRow | null> {
  const [row] = await db
    .select()
    .from(datasets)
    .where(and(eq(datasets.projectId, projectId), eq(datasets.id, datasetId)));
  return row ?? null;
}

/** null when the project has one of this name. */
export async function insertDataset(
  transaction: Transaction,
  dataset: typeof datasets.$inferInsert,
): Promise<DatasetRow | null> {
  const [row] = await transaction.insert(datasets).values(dataset).onConflictDoNothing().returning();
  return row ?? null;
}

/** Nobody else changes the dataset or writes an item of it until the transaction ends. */
export async function lockByName(
  transaction: Transaction,
  projectId: string,
  name: string,
): Promise<DatasetRow | null> {
  const [row] = await transaction
    .select()
    .from(datasets)
    .where(named(projectId, [name]))
    .for('update');
  return row ?? null;
}

export async function updateDataset(
  transaction: Transaction,
  datasetId: string,
  changes: Changes,
): Promise<DatasetRow> {
  const [row] = await transaction
    .update(datasets)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(datasets.id, datasetId))
    .returning();
  return row!;
}

export const listPage = (
  db: Database,
  projectId: string,
  page: { page: number; limit: number },
): Promise<DatasetRow[]> =>
  db
    .select()
    .from(datasets)
    .where(eq(datasets.projectId, projectId))
    .orderBy(desc(datasets.createdAt), asc(datasets.id))
    .limit(page.limit)
    .offset((page.page - 1) * page.limit);

export async function countDatasets(db: Database, projectId: string): Promise<number> {
  const [row] = await db.select({ total: count() }).from(datasets).where(eq(datasets.projectId, projectId));
  return row!.total;
}
