import type { Relational } from '@tracewell/engines/relational/port';
import {
  annotationQueueAssignments as assignments,
  annotationQueueItems as items,
  annotationQueues as queues,
} from '@tracewell/schema/postgres/annotation-queues';
import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';

type Database = Relational['db'];
type Reader = Pick<Database, 'select'>;
type Writer = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;
export type QueueRow = typeof queues.$inferSelect;
export type ItemRow = typeof items.$inferSelect;

interface Page {
  limit: number;
  offset: number;
}

/** Newest first, ties by id. */
export const listQueues = (db: Reader, projectId: string, page: Page): Promise<QueueRow[]> =>
  db
    .select()
    .from(queues)
    .where(eq(queues.projectId, projectId))
    .orderBy(desc(queues.createdAt), desc(queues.id))
    .limit(page.limit)
    .offset(page.offset);

export async function countQueues(db: Reader, projectId: string): Promise<number> {
  const [row] = await db.select({ total: count() }).from(queues).where(eq(queues.projectId, projectId));
  return row?.total ?? 0;
}

export async function findQueue(db: Reader, projectId: string, queueId: string): Promise<QueueRow | null> {
  const [row] = await db
    .select()
    .from(queues)
    .where(and(eq(queues.projectId, projectId), eq(queues.id, queueId)))
    .limit(1);
  return row ?? null;
}

/** null when the project has one of this name. */
export async function insertQueue(
  writer: Writer,
  queue: typeof queues.$inferInsert,
): Promise<QueueRow | null> {
  const [row] = await writer
    .insert(queues)
    .values(queue)
    .onConflictDoNothing({ target: [queues.projectId, queues.name] })
    .returning();
  return row ?? null;
}

export interface ItemSelection {
  projectId: string;
  queueId: string;
  status?: ItemRow['status'] | undefined;
}

const itemsOf = ({ projectId, queueId, status }: ItemSelection) =>
  and(eq(items.projectId, projectId), eq(items.queueId, queueId), status && eq(items.status, status));
const itemOf = (place: ItemPlace) => and(itemsOf(place), eq(items.id, place.itemId));
export interface ItemPlace {
  projectId: string;
  queueId: string;
  itemId: string;
}

/** Newest first, ties by id. */
export const listItems = (db: Reader, selection: ItemSelection, page: Page): Promise<ItemRow[]> =>
  db
    .select()
    .from(items)
    .where(itemsOf(selection))
    .orderBy(desc(items.createdAt), desc(items.id))
    .limit(page.limit)
    .offset(page.offset);

export async function countItems(db: Reader, selection: ItemSelection): Promise<number> {
  const [row] = await db.select({ total: count() }).from(items).where(itemsOf(selection));
  return row?.total ?? 0;
}

export async function findItem(db: Reader, place: ItemPlace, lock = false): Promise<ItemRow | null> {
  const query = db.select().from(items).where(itemOf(place)).limit(1);
  const [row] = lock ? await query.for('update') : await query;
  return row ?? null;
}

export async function insertItem(writer: Writer, item: typeof items.$inferInsert): Promise<ItemRow> {
  const [row] = await writer.insert(items).values(item).returning();
  return row!;
}

export async function updateItem(
  writer: Writer,
  place: ItemPlace,
  changes: Pick<ItemRow, 'status' | 'completedAt'>,
): Promise<ItemRow> {
  const [row] = await writer
    .update(items)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(itemOf(place))
    .returning();
  return row!;
}

export async function deleteItemRow(writer: Writer, place: ItemPlace): Promise<ItemRow | null> {
  const [row] = await writer.delete(items).where(itemOf(place)).returning();
  return row ?? null;
}

export interface Assignment {
  projectId: string;
  queueId: string;
  userId: string;
}

/** False when it was there. */
export async function insertAssignment(writer: Writer, assignment: Assignment): Promise<boolean> {
  const written = await writer
    .insert(assignments)
    .values(assignment)
    .onConflictDoNothing()
    .returning({ userId: assignments.userId });
  return written.length > 0;
}

/** False when there was none. */
export async function deleteAssignmentRow(
  writer: Writer,
  { projectId, queueId, userId }: Assignment,
): Promise<boolean> {
  const deleted = await writer
    .delete(assignments)
    .where(
      and(
        eq(assignments.projectId, projectId),
        eq(assignments.queueId, queueId),
        eq(assignments.userId, userId),
      ),
    )
    .returning({ userId: assignments.userId });
  return deleted.length > 0;
}

/** Those whose id is there already stay as they are. */
export async function insertItemsOnce(writer: Writer, rows: (typeof items.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await writer.insert(items).values(rows).onConflictDoNothing();
}

/** At most `limit` of the items whose id begins so; resolves with how many went. */
export async function deleteItemsByPrefix(
  writer: Writer,
  { projectId, queueId, idPrefix }: { projectId: string; queueId: string; idPrefix: string },
  limit: number,
): Promise<number> {
  const some = writer
    .select({ id: items.id })
    .from(items)
    .where(
      and(
        eq(items.projectId, projectId),
        eq(items.queueId, queueId),
        sql`starts_with(${items.id}, ${idPrefix})`,
      ),
    )
    .limit(limit);
  const gone = await writer.delete(items).where(inArray(items.id, some)).returning({ id: items.id });
  return gone.length;
}
