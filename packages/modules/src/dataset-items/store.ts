import type { Relational } from '@tracewell/engines/relational/port';
import { datasetItems, datasets } from '@tracewell/schema/postgres/datasets';
import { and, asc, count, desc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;
export type ItemVersion = typeof datasetItems.$inferSelect;
/** A version with the name of its dataset. */
export type ItemRow = ItemVersion & { datasetName: string };

const currently = isNull(datasetItems.validTo);
const validAt = (moment: Date) =>
  and(
    lte(datasetItems.validFrom, moment),
    or(isNull(datasetItems.validTo), gt(datasetItems.validTo, moment)),
  );

/** Whoever writes versions of this item waits for the transaction's end. Returns the latest version of it. */
export async function lockItem(
  transaction: Transaction,
  projectId: string,
  itemId: string,
): Promise<ItemVersion | null> {
  const key = JSON.stringify(['dataset-item', projectId, itemId]);
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  const [row] = await transaction
    .select()
    .from(datasetItems)
    .where(and(eq(datasetItems.projectId, projectId), eq(datasetItems.id, itemId)))
    .orderBy(desc(datasetItems.validFrom))
    .limit(1);
  return row ?? null;
}

/** A time after the latest version, by the clock of the store, which all processes have in common. */
export async function nextVersionTime(transaction: Transaction, latest: ItemVersion | null): Promise<Date> {
  const { rows } = await transaction.execute<{ ms: string }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000) as ms`,
  );
  const earliest = latest ? Math.max(latest.validFrom.getTime() + 1, latest.validTo?.getTime() ?? 0) : 0;
  return new Date(Math.max(Number(rows[0]!.ms), earliest));
}

export async function closeVersion(transaction: Transaction, version: ItemVersion, at: Date): Promise<void> {
  await transaction
    .update(datasetItems)
    .set({ validTo: at })
    .where(
      and(
        eq(datasetItems.projectId, version.projectId),
        eq(datasetItems.id, version.id),
        eq(datasetItems.validFrom, version.validFrom),
      ),
    );
}

export async function insertVersion(
  transaction: Transaction,
  version: typeof datasetItems.$inferInsert,
): Promise<ItemVersion> {
  const [row] = await transaction.insert(datasetItems).values(version).returning();
  return row!;
}

const withDatasetName = (db: Pick<Database, 'select'>, where: SQL | undefined) =>
  db
    .select({ item: datasetItems, datasetName: datasets.name })
    .from(datasetItems)
    .innerJoin(datasets, eq(datasets.id, datasetItems.datasetId))
    .where(where);
const flat = ({ item, datasetName }: { item: ItemVersion; datasetName: string }): ItemRow => ({
  ...item,
  datasetName,
});

/** As it is now, or was at the moment. */
export async function findItem(
  db: Pick<Database, 'select'>,
  projectId: string,
  itemId: string,
  moment?: Date,
): Promise<ItemRow | null> {
  const [row] = await withDatasetName(
    db,
    and(
      eq(datasetItems.projectId, projectId),
      eq(datasetItems.id, itemId),
      moment ? validAt(moment) : currently,
    ),
  );
  return row ? flat(row) : null;
}

export interface ItemSelection {
  projectId: string;
  datasetId?: string | undefined;
  sourceTraceId?: string | undefined;
  sourceObservationId?: string | undefined;
  /** Default: as they are now. */
  moment?: Date | undefined;
}

const activeItems = (selection: ItemSelection) =>
  and(
    eq(datasetItems.projectId, selection.projectId),
    eq(datasetItems.status, 'ACTIVE'),
    selection.datasetId === undefined ? undefined : eq(datasetItems.datasetId, selection.datasetId),
    selection.sourceTraceId === undefined
      ? undefined
      : eq(datasetItems.sourceTraceId, selection.sourceTraceId),
    selection.sourceObservationId === undefined
      ? undefined
      : eq(datasetItems.sourceObservationId, selection.sourceObservationId),
    selection.moment ? validAt(selection.moment) : currently,
  );

export async function listActiveItems(
  db: Database,
  selection: ItemSelection,
  page: { limit: number; offset: number },
): Promise<ItemRow[]> {
  const rows = await withDatasetName(db, activeItems(selection))
    .orderBy(desc(datasetItems.createdAt), asc(datasetItems.id))
    .limit(page.limit)
    .offset(page.offset);
  return rows.map(flat);
}

/** How many, and the bytes of their payloads as stored. */
export async function measureActiveItems(
  db: Database,
  selection: ItemSelection,
): Promise<{ total: number; bytes: number }> {
  const bytes = sql<string>`coalesce(sum(
    coalesce(pg_column_size(${datasetItems.input}), 0)
    + coalesce(pg_column_size(${datasetItems.expectedOutput}), 0)
    + coalesce(pg_column_size(${datasetItems.metadata}), 0)), 0)`;
  const [row] = await db.select({ total: count(), bytes }).from(datasetItems).where(activeItems(selection));
  return { total: row!.total, bytes: Number(row!.bytes) };
}

export async function countActiveItems(db: Database, selection: ItemSelection): Promise<number> {
  const [row] = await db.select({ total: count() }).from(datasetItems).where(activeItems(selection));
  return row!.total;
}

/** Newest first, without what they hold. */
export const listActiveItemIds = (
  db: Database,
  selection: ItemSelection,
  limit: number,
): Promise<{ id: string }[]> =>
  db
    .select({ id: datasetItems.id })
    .from(datasetItems)
    .where(activeItems(selection))
    .orderBy(desc(datasetItems.createdAt), asc(datasetItems.id))
    .limit(limit);

/** Items as they are now, archived ones too, by id; `after` is the last id of the page before. */
export const listItemsById = (
  db: Pick<Database, 'select'>,
  datasetId: string,
  after: string,
  limit: number,
): Promise<Pick<ItemVersion, 'id' | 'input' | 'expectedOutput'>[]> =>
  db
    .select({ id: datasetItems.id, input: datasetItems.input, expectedOutput: datasetItems.expectedOutput })
    .from(datasetItems)
    .where(and(eq(datasetItems.datasetId, datasetId), currently, gt(datasetItems.id, after)))
    .orderBy(asc(datasetItems.id))
    .limit(limit);
