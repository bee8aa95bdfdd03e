import { createHash } from 'node:crypto';
import type { Relational } from '@tracewell/engines/relational/port';
import { deleteItemsByPrefix, findQueue, insertItemsOnce } from './store';

/** Of one statement. */
const itemsPerRemoval = 1_000;

interface Place {
  projectId: string;
  queueId: string;
  /** Names who added them: by it they are not added twice, and found again. */
  origin: string;
}

const idOf = (origin: string, traceId: string) =>
  `${origin}-${createHash('sha256').update(traceId).digest('hex').slice(0, 32)}`;

/** Puts traces in a queue, each once however often this is called. False when the queue is gone. */
export async function addTracesToQueue(
  db: Pick<Relational['db'], 'transaction'>,
  { projectId, queueId, origin }: Place,
  traceIds: readonly string[],
): Promise<boolean> {
  return db.transaction(async (transaction) => {
    if (!(await findQueue(transaction, projectId, queueId))) return false;
    await insertItemsOnce(
      transaction,
      traceIds.map((traceId) => ({
        id: idOf(origin, traceId),
        projectId,
        queueId,
        objectId: traceId,
        objectType: 'TRACE' as const,
        status: 'PENDING' as const,
        completedAt: null,
      })),
    );
    return true;
  });
}

/** Takes some of what this origin added out again; resolves with whether there may be more. */
export async function removeAddedTraces(
  db: Relational['db'],
  { projectId, queueId, origin }: Place,
): Promise<boolean> {
  const place = { projectId, queueId, idPrefix: `${origin}-` };
  return (await deleteItemsByPrefix(db, place, itemsPerRemoval)) === itemsPerRemoval;
}
