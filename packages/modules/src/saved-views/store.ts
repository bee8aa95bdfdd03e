import type { Relational } from '@tracewell/engines/relational/port';
import { type SavedViewTable, savedViews } from '@tracewell/schema/postgres/saved-views';
import { and, asc, count, eq, isNull, or, sql } from 'drizzle-orm';

type Database = Relational['db'];
type Reader = Pick<Database, 'select'>;
type Writer = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;
export type SavedViewRow = typeof savedViews.$inferSelect;

/** Which views: of one table of a project, and whose personal ones besides the shared. */
export interface ViewPlace {
  projectId: string;
  table: SavedViewTable;
  /** null sees the shared ones only. */
  viewerId: string | null;
}

const seenBy = (viewerId: string | null) =>
  viewerId === null
    ? isNull(savedViews.ownerUserId)
    : or(isNull(savedViews.ownerUserId), eq(savedViews.ownerUserId, viewerId));

const ofTable = ({ projectId, table }: Pick<ViewPlace, 'projectId' | 'table'>) =>
  and(eq(savedViews.projectId, projectId), eq(savedViews.tableName, table));

/** By name, ties by id. */
export const listViews = (db: Reader, place: ViewPlace, limit: number): Promise<SavedViewRow[]> =>
  db
    .select()
    .from(savedViews)
    .where(and(ofTable(place), seenBy(place.viewerId)))
    .orderBy(asc(sql`lower(${savedViews.name})`), asc(savedViews.id))
    .limit(limit);

export async function countViews(db: Reader, place: ViewPlace): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(savedViews)
    .where(and(ofTable(place), seenBy(place.viewerId)));
  return row?.total ?? 0;
}

/** Locked until the transaction ends. */
export async function findView(
  db: Reader,
  projectId: string,
  viewId: string,
  viewerId: string | null,
): Promise<SavedViewRow | null> {
  const [row] = await db
    .select()
    .from(savedViews)
    .where(and(eq(savedViews.projectId, projectId), eq(savedViews.id, viewId), seenBy(viewerId)))
    .limit(1)
    .for('update');
  return row ?? null;
}

export async function insertView(
  writer: Writer,
  view: typeof savedViews.$inferInsert,
): Promise<SavedViewRow> {
  const [row] = await writer.insert(savedViews).values(view).returning();
  return row!;
}

export async function updateView(
  writer: Writer,
  viewId: string,
  changes: Partial<typeof savedViews.$inferInsert>,
): Promise<SavedViewRow> {
  const [row] = await writer
    .update(savedViews)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(savedViews.id, viewId))
    .returning();
  return row!;
}

export async function deleteView(writer: Writer, viewId: string): Promise<void> {
  await writer.delete(savedViews).where(eq(savedViews.id, viewId));
}

/** Nobody's default any more: the next one takes its place. Two that would take it at once wait for each other. */
export async function clearDefault(
  writer: Writer,
  place: { projectId: string; table: SavedViewTable; ownerUserId: string | null },
): Promise<void> {
  const owner = place.ownerUserId ?? '';
  await writer.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`saved-views ${place.projectId} ${place.table} ${owner}`}, 0))`,
  );
  await writer
    .update(savedViews)
    .set({ isDefault: false, updatedAt: sql`now()` })
    .where(
      and(
        ofTable(place),
        place.ownerUserId === null
          ? isNull(savedViews.ownerUserId)
          : eq(savedViews.ownerUserId, place.ownerUserId),
        eq(savedViews.isDefault, true),
      ),
    );
}
