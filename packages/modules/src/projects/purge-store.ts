import type { Relational } from '@tracewell/engines/relational/port';
import { deadLetters } from '@tracewell/schema/postgres/ingestion';
import { projectPurges } from '@tracewell/schema/postgres/project-purges';
import { projects } from '@tracewell/schema/postgres/projects';
import { and, asc, eq, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type PurgeRow = typeof projectPurges.$inferSelect;

/**
 * Takes the oldest purge that is due and that nobody has in hand, until `claimedUntil`; null when there is none.
 * One is due `graceMs` after its request, and again `settleMs` after it was emptied.
 */
export async function claimPurge(
  db: Database,
  {
    now,
    claimedUntil,
    graceMs,
    settleMs,
  }: { now: Date; claimedUntil: Date; graceMs: number; settleMs: number },
): Promise<PurgeRow | null> {
  const due = db
    .select({ projectId: projectPurges.projectId })
    .from(projectPurges)
    .where(
      and(
        isNull(projectPurges.purgedAt),
        or(isNull(projectPurges.claimedUntil), lt(projectPurges.claimedUntil, now)),
        or(
          and(isNull(projectPurges.emptiedAt), lte(projectPurges.requestedAt, before(now, graceMs))),
          lte(projectPurges.emptiedAt, before(now, settleMs)),
        ),
      ),
    )
    .orderBy(asc(projectPurges.requestedAt))
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await db
    .update(projectPurges)
    .set({ claimedUntil })
    .where(sql`${projectPurges.projectId} = ${due}`)
    .returning();
  return row ?? null;
}

const before = (now: Date, ms: number) => new Date(now.getTime() - ms);

/** Whether a project of this id is in use: the id may have been given again. */
export async function isInUse(db: Database, projectId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.id, projectId), isNull(projects.deletedAt)))
    .limit(1);
  return row !== undefined;
}

/** All that people configured in the project, by the foreign keys on it, and its dead letters. */
export async function deleteRows(db: Database, projectId: string): Promise<void> {
  await db.transaction(async (transaction) => {
    // A large project takes longer than any statement of a request may.
    await transaction.execute(sql`set local statement_timeout = 0`);
    await transaction.delete(deadLetters).where(eq(deadLetters.projectId, projectId));
    await transaction.delete(projects).where(and(eq(projects.id, projectId), isNotNull(projects.deletedAt)));
  });
}

export async function recordPurge(
  db: Database,
  purge: PurgeRow,
  change: { emptiedAt?: Date; purgedAt?: Date },
): Promise<void> {
  await db
    .update(projectPurges)
    .set({ ...change, claimedUntil: null })
    // Deleted once more meanwhile: that purge begins anew.
    .where(
      and(eq(projectPurges.projectId, purge.projectId), eq(projectPurges.requestedAt, purge.requestedAt)),
    );
}
