import type { Relational } from '@tracewell/engines/relational/port';
import { type BulkActionState, bulkActions } from '@tracewell/schema/postgres/bulk-actions';
import { and, asc, count, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';

type Database = Relational['db'];
type Writer = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;
export type BulkActionRow = typeof bulkActions.$inferSelect;

export async function insertAction(
  writer: Writer,
  action: typeof bulkActions.$inferInsert,
): Promise<BulkActionRow> {
  const [row] = await writer.insert(bulkActions).values(action).returning();
  return row!;
}

/** Newest first, ties by id. */
export const listActions = (db: Writer, projectId: string, limit: number): Promise<BulkActionRow[]> =>
  db
    .select()
    .from(bulkActions)
    .where(eq(bulkActions.projectId, projectId))
    .orderBy(desc(bulkActions.createdAt), desc(bulkActions.id))
    .limit(limit);

export async function findAction(db: Writer, projectId: string, id: string): Promise<BulkActionRow | null> {
  const [row] = await db
    .select()
    .from(bulkActions)
    .where(and(eq(bulkActions.projectId, projectId), eq(bulkActions.id, id)))
    .limit(1);
  return row ?? null;
}

export const openStates: readonly BulkActionState[] = ['waiting', 'running', 'undoing'];

export async function countOpen(db: Writer, projectId: string): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(bulkActions)
    .where(and(eq(bulkActions.projectId, projectId), inArray(bulkActions.state, [...openStates])));
  return row?.total ?? 0;
}

/** Moves it on if it is in one of these states; null when it is not (any more). */
export async function moveAction(
  writer: Writer,
  id: string,
  states: readonly BulkActionState[],
  to: Partial<typeof bulkActions.$inferInsert>,
): Promise<BulkActionRow | null> {
  const [row] = await writer
    .update(bulkActions)
    .set({ ...to, updatedAt: sql`now()` })
    .where(and(eq(bulkActions.id, id), inArray(bulkActions.state, [...states])))
    .returning();
  return row ?? null;
}

/** Takes the oldest action that is due and that nobody has in hand; one that waited runs from here on. */
export async function claimAction(
  db: Database,
  now: Date,
  claimedUntil: Date,
): Promise<BulkActionRow | null> {
  const due = db
    .select({ id: bulkActions.id })
    .from(bulkActions)
    .where(
      and(
        inArray(bulkActions.state, [...openStates]),
        lte(bulkActions.startsAt, now),
        or(isNull(bulkActions.claimedUntil), lt(bulkActions.claimedUntil, now)),
      ),
    )
    .orderBy(asc(bulkActions.startsAt))
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await db
    .update(bulkActions)
    .set({
      claimedUntil,
      state: sql`case when ${bulkActions.state} = 'waiting' then 'running' else ${bulkActions.state} end`,
    })
    .where(sql`${bulkActions.id} = ${due}`)
    .returning();
  return row ?? null;
}

/** Writes by the worker that has it in hand alone; null when another has taken it. */
export async function recordStep(
  writer: Writer,
  claimed: BulkActionRow,
  change: Partial<typeof bulkActions.$inferInsert>,
): Promise<BulkActionRow | null> {
  const [row] = await writer
    .update(bulkActions)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(eq(bulkActions.id, claimed.id), eq(bulkActions.claimedUntil, claimed.claimedUntil!)))
    .returning();
  return row ?? null;
}

/** Ends the claim, and the action too if it still is in the state it was claimed in. */
export async function releaseAction(
  db: Database,
  claimed: BulkActionRow,
  end: { state: BulkActionState; error?: string } | null,
): Promise<void> {
  await db.transaction(async (transaction) => {
    const row = await recordStep(transaction, claimed, { claimedUntil: null });
    if (row && end) await moveAction(transaction, row.id, [claimed.state], end);
  });
}
