import type { Relational } from '@tracewell/engines/relational/port';
import { datasetRunItems, datasetRuns } from '@tracewell/schema/postgres/datasets';
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Reader = Pick<Database, 'select'>;
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;
export type RunRow = typeof datasetRuns.$inferSelect;
export type RunItemRow = typeof datasetRunItems.$inferSelect;

/** The run of this id, created when there is none, or when it was deleted; what it says of itself then stays. */
export async function ensureRun(
  transaction: Transaction,
  run: Pick<RunRow, 'projectId' | 'id' | 'datasetId' | 'name' | 'description' | 'metadata'>,
): Promise<{ run: RunRow; isNew: boolean }> {
  const now = sql`now()`;
  const [created] = await transaction
    .insert(datasetRuns)
    .values(run)
    .onConflictDoUpdate({
      target: [datasetRuns.projectId, datasetRuns.id],
      set: {
        description: run.description,
        metadata: run.metadata,
        isDeleted: false,
        createdAt: now,
        updatedAt: now,
      },
      setWhere: eq(datasetRuns.isDeleted, true),
    })
    .returning();
  if (created) return { run: created, isNew: true };
  const [known] = await transaction
    .select()
    .from(datasetRuns)
    .where(byId(run.projectId, run.id))
    .for('share');
  return { run: known!, isNew: false };
}

const byId = (projectId: string, runId: string) =>
  and(eq(datasetRuns.projectId, projectId), eq(datasetRuns.id, runId));
const isThere = eq(datasetRuns.isDeleted, false);

export async function findRunByName(
  db: Reader,
  datasetId: string,
  names: readonly string[],
): Promise<RunRow[]> {
  return db
    .select()
    .from(datasetRuns)
    .where(and(eq(datasetRuns.datasetId, datasetId), inArray(datasetRuns.name, [...names]), isThere));
}

/** Newest first. */
export const listRunsOf = (db: Reader, datasetIds: readonly string[], limit: number): Promise<RunRow[]> =>
  db
    .select()
    .from(datasetRuns)
    .where(and(inArray(datasetRuns.datasetId, [...datasetIds]), isThere))
    .orderBy(desc(datasetRuns.createdAt), desc(datasetRuns.id))
    .limit(limit);

/** Marks the run deleted and takes its items away; also one that only spans know. */
export async function deleteRun(
  transaction: Transaction,
  run: Pick<RunRow, 'projectId' | 'id' | 'datasetId' | 'name'>,
): Promise<void> {
  const gone = { isDeleted: true, clearedAt: sql`clock_timestamp()`, updatedAt: sql`now()` };
  await transaction
    .insert(datasetRuns)
    .values({ ...run, ...gone })
    .onConflictDoUpdate({ target: [datasetRuns.projectId, datasetRuns.id], set: gone });
  await transaction
    .delete(datasetRunItems)
    .where(and(eq(datasetRunItems.projectId, run.projectId), eq(datasetRunItems.datasetRunId, run.id)));
}

/** Runs that were deleted once, the latest deletions first. */
export const listClearedRuns = (
  db: Reader,
  projectId: string,
  limit: number,
): Promise<Pick<RunRow, 'id' | 'clearedAt'>[]> =>
  db
    .select({ id: datasetRuns.id, clearedAt: datasetRuns.clearedAt })
    .from(datasetRuns)
    .where(and(eq(datasetRuns.projectId, projectId), isNotNull(datasetRuns.clearedAt)))
    .orderBy(desc(datasetRuns.clearedAt))
    .limit(limit);

/** The item as it is stored: the one that said the same before, if one did. */
export async function insertRunItem(
  transaction: Transaction,
  item: typeof datasetRunItems.$inferInsert,
): Promise<RunItemRow> {
  const [created] = await transaction.insert(datasetRunItems).values(item).onConflictDoNothing().returning();
  if (created) return created;
  const [known] = await transaction
    .select()
    .from(datasetRunItems)
    .where(
      and(
        eq(datasetRunItems.projectId, item.projectId),
        eq(datasetRunItems.datasetRunId, item.datasetRunId),
        eq(datasetRunItems.datasetItemId, item.datasetItemId),
        eq(datasetRunItems.traceId, item.traceId),
        sql`coalesce(${datasetRunItems.observationId}, '') = ${item.observationId ?? ''}`,
      ),
    );
  return known!;
}

/** Newest first. */
export const listItemsOfRun = (
  db: Reader,
  projectId: string,
  runId: string,
  limit: number,
): Promise<RunItemRow[]> =>
  db
    .select()
    .from(datasetRunItems)
    .where(and(eq(datasetRunItems.projectId, projectId), eq(datasetRunItems.datasetRunId, runId)))
    .orderBy(desc(datasetRunItems.createdAt), desc(datasetRunItems.id))
    .limit(limit);

/** Takes a dataset item out of every run. */
export async function deleteRunItems(
  transaction: Pick<Database, 'delete'>,
  projectId: string,
  datasetItemId: string,
): Promise<void> {
  await transaction
    .delete(datasetRunItems)
    .where(and(eq(datasetRunItems.projectId, projectId), eq(datasetRunItems.datasetItemId, datasetItemId)));
}
