import type { Relational } from '@tracewell/engines/relational/port';
import { claimPurge, deleteRows, isInUse, recordPurge } from './purge-store';

export interface PurgeDeps {
  relational: Pick<Relational, 'db'>;
  /** All that was recorded in the project, and whatever of it is still to be written. Repeatable. */
  deleteRecords(projectId: string): Promise<void>;
  /** The project's objects: media. Repeatable. */
  deleteObjects(projectId: string): Promise<void>;
  now?: () => Date;
  graceMs?: number;
  settleMs?: number;
}

/** A purge that failed, or whose worker ended, is taken up again after this; others come first. */
const claimMs = 10 * 60_000;
/**
 * How long after its deletion a project is left as it is: until then a process may take a request with one of
 * its keys (`KeyCache`), and what that request adds to must still be there.
 */
const defaultGraceMs = 10_000;
/**
 * How long after that records of the project may still arrive: a process that cannot reach the database accepts
 * a key it knows for five minutes.
 */
const defaultSettleMs = 10 * 60_000;
/** Of one call, so that a worker that is to end need not wait for all of them. */
const maxPurges = 10;

/**
 * Purges what deleted projects have left, oldest first: soon, and once more when nothing of them can be on
 * its way any more. Every step may be repeated, so a worker that dies in the middle costs time and nothing
 * else. Returns how many steps were made.
 */
export async function purgeProjects(deps: PurgeDeps): Promise<number> {
  const { relational, now = () => new Date() } = deps;
  const { graceMs = defaultGraceMs, settleMs = defaultSettleMs } = deps;
  for (let purged = 0; ; purged++) {
    if (purged === maxPurges) return purged;
    const claimedUntil = new Date(now().getTime() + claimMs);
    const purge = await claimPurge(relational.db, { now: now(), claimedUntil, graceMs, settleMs });
    if (!purge) return purged;
    const { projectId } = purge;
    if (!(await isInUse(relational.db, projectId))) {
      await deps.deleteRecords(projectId);
      await deps.deleteObjects(projectId);
      await deleteRows(relational.db, projectId);
    }
    await recordPurge(relational.db, purge, purge.emptiedAt ? { purgedAt: now() } : { emptiedAt: now() });
  }
}
