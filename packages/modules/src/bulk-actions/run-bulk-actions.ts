import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { listTraces } from '@tracewell/query/traces/list-traces';
import type { TraceCursor } from '@tracewell/query/traces/trace-order';
import { addTracesToQueue, removeAddedTraces } from '../annotation-queues/index';
import { traceSelectionOf } from '../explore/index';
import { type BulkActionRow, claimAction, recordStep, releaseAction } from './store';

export interface RunDeps {
  relational: Pick<Relational, 'db'>;
  columnar: Columnar;
  /** With all that hangs on them. Repeatable. */
  deleteTraces(projectId: string, traceIds: readonly string[]): Promise<void>;
  /** Ends between two pieces; the next worker goes on from there. */
  isDraining?(): boolean;
  onError?(error: unknown, bulkActionId: string): void;
  now?: () => Date;
}

/** Traces changed at once, however many are meant. */
const tracesPerPiece = 500;
/** A piece that takes longer, or whose worker ended, may be done again by another. */
const claimMs = 60_000;
/** Of one piece, before the action fails. */
const maxAttempts = 10;
/** Before a piece that failed is tried again. */
const retryMs = 5_000;
/** Of one call. */
const maxActions = 10;

/**
 * Does what is due, oldest first, piece by piece. A piece may be done twice and changes nothing the second time;
 * where the next one begins is written with the progress, so a worker that dies costs one piece.
 */
export async function runBulkActions(deps: RunDeps): Promise<void> {
  const { relational, now = () => new Date() } = deps;
  for (let n = 0; n < maxActions && !deps.isDraining?.(); n++) {
    const claimed = await claimAction(relational.db, now(), claimEnd(now()));
    if (!claimed) return;
    await runAction(deps, claimed, now);
  }
}

const claimEnd = (now: Date) => new Date(now.getTime() + claimMs);

async function runAction(deps: RunDeps, claimed: BulkActionRow, now: () => Date): Promise<void> {
  const { db } = deps.relational;
  let row = claimed;
  try {
    // Each turn moves the cursor on or takes items away, so it ends with what there is.
    for (;;) {
      if (deps.isDraining?.() || row.state !== claimed.state) {
        return await releaseAction(db, row, null);
      }
      const step = row.state === 'undoing' ? await undoPiece(deps, row) : await doPiece(deps, row);
      if ('error' in step) return await releaseAction(db, row, { state: 'failed', error: step.error });
      const written = await recordStep(db, row, {
        ...step.change,
        attempts: 0,
        claimedUntil: claimEnd(now()),
      });
      // Another worker took it, as this one was too slow: it has the same pieces to do.
      if (!written) return;
      if (step.isLast) {
        const end = { state: claimed.state === 'undoing' ? 'undone' : 'done' } as const;
        return await releaseAction(db, { ...written, state: claimed.state }, end);
      }
      row = written;
    }
  } catch (error) {
    deps.onError?.(error, row.id);
    if (row.attempts + 1 >= maxAttempts) {
      const why = `A piece failed ${maxAttempts} times; the log of the worker says why. What was done until then is kept.`;
      return releaseAction(db, row, { state: 'failed', error: why });
    }
    await recordStep(db, row, {
      attempts: row.attempts + 1,
      claimedUntil: new Date(now().getTime() + retryMs),
    });
  }
}

type Step = { error: string } | { change: Partial<Pick<BulkActionRow, 'cursor' | 'done'>>; isLast: boolean };

async function doPiece(deps: RunDeps, row: BulkActionRow): Promise<Step> {
  const { traceIds, cursor } = await readPiece(deps.columnar, row);
  const { projectId, change } = row;
  if (traceIds.length > 0) {
    if (change.kind === 'delete') await deps.deleteTraces(projectId, traceIds);
    else {
      const place = { projectId, queueId: change.queueId, origin: row.id };
      if (!(await addTracesToQueue(deps.relational.db, place, traceIds))) {
        return { error: `The annotation queue ${change.queueId} was deleted meanwhile.` };
      }
    }
  }
  return { change: { cursor, done: row.done + traceIds.length }, isLast: cursor === null };
}

async function undoPiece({ relational }: RunDeps, { projectId, change, id }: BulkActionRow): Promise<Step> {
  if (change.kind === 'delete') return { error: 'What was deleted stays deleted.' };
  const place = { projectId, queueId: change.queueId, origin: id };
  const isMore = await removeAddedTraces(relational.db, place);
  return { change: isMore ? {} : { done: 0 }, isLast: !isMore };
}

/** The ids after the cursor; a null cursor is returned after the last. */
async function readPiece(
  columnar: Columnar,
  { projectId, target, cursor }: BulkActionRow,
): Promise<{ traceIds: readonly string[]; cursor: string | null }> {
  if ('traceIds' in target) {
    const from = cursor === null ? 0 : Number(cursor);
    const to = from + tracesPerPiece;
    return {
      traceIds: target.traceIds.slice(from, to),
      cursor: to < target.traceIds.length ? String(to) : null,
    };
  }
  const page = await listTraces(columnar, {
    ...traceSelectionOf({ projectId }, target),
    limit: tracesPerPiece,
    cursor: cursor === null ? undefined : (JSON.parse(cursor) as TraceCursor),
  });
  return {
    traceIds: page.traces.map(({ id }) => id),
    cursor: page.cursor && JSON.stringify(page.cursor),
  };
}
