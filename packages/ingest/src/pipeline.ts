import type { Blob } from '@tracewell/engines/blob/port';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { BatchInHand, type KeptMedia } from './batch-in-hand';
import { failpoint } from './failpoint';
import { DamagedBatch, decodeBatch } from './raw-batch';
import { type Enrich, readFrame } from './read-frame';
import type { ScoreConfigsOf } from './write/configure-scores';
import { createConvergeLane } from './write/converge-lane';
import { deleteTraces } from './write/delete';
import { createDeletionReader, type Deletions } from './write/deletions';
import { createInserter } from './write/inserter';
import type { BatchOutcome, Ledger } from './write/ledger';
import { causeOf } from './write/refusal';
import { observationsTable } from './write/rows/observations';

/**
 * The way of a stored batch: fetch → decode → normalise → take media out → enrich → write → record. It is the whole of a queue
 * job: when `ingestBatch` resolves, every event the door acknowledged can be read, or is a dead letter with a
 * reason, or is known to be deleted. When it throws, a store was away: nothing is lost, and it may be called
 * again with the same effect, any number of times, anywhere.
 *
 * An event that cannot be read is a dead letter and its neighbours go on; only a store can fail a batch.
 */
export interface PipelineOptions {
  blob: Blob;
  columnar: Columnar;
  ledger: Ledger;
  enrich: Enrich;
  /**
   * Makes ready what `enrich` needs of these projects, until what it resolves with is called. Throws when that
   * cannot be known now: the batch is tried again.
   */
  prepare?: (projectIds: ReadonlySet<string>) => Promise<() => void>;
  /** What tells scores of their configs; throws when that cannot be known now. Without it they stay as given. */
  scoreConfigsOf?: ScoreConfigsOf;
  /** Resolves when the files can be found; without it they stay in the records. Called before the rows are written. */
  storeMedia?: StoreMedia;
  onInsert?: (insert: { table: string; rows: number; seconds: number }) => void;
  /** The columnar store could not take an insert, whatever its rows: their batches stay in flight. */
  onFault?: (fault: { table: string; cause: string; error: unknown }) => void;
  /** After the batch is recorded; `receivedAt` of its oldest event, in microseconds. */
  onIngested?: (outcome: BatchOutcome, receivedAt: number) => void;
}

/** Keeps files that were found in records, each once per project. Doing it again changes nothing. */
export type StoreMedia = (media: readonly KeptMedia[]) => Promise<void>;

export interface Pipeline {
  /**
   * `replay` names a deliberate repetition, so that the store does not take it for a retry. Throws
   * `MissingBatch` and `DamagedBatch` when the stored object is not what was stored (see `buryBatch`).
   */
  ingestBatch(batchKey: string, replay?: string): Promise<BatchOutcome>;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { blob, columnar, ledger, enrich, storeMedia, onInsert, onFault = () => {} } = options;
  const inserter = createInserter({
    columnar,
    onInsert,
    onFault: ({ table, error }) => onFault({ table, cause: causeOf(error), error }),
  });
  const deletionReader = createDeletionReader(columnar);
  const convergeLane = createConvergeLane({
    columnar,
    inserter,
    enrich,
    scoreConfigsOf: options.scoreConfigsOf,
  });

  async function ingestBatch(batchKey: string, replay?: string): Promise<BatchOutcome> {
    const bytes = await blob.get(batchKey);
    if (bytes === null) throw new MissingBatch(batchKey);
    const batch = new BatchInHand(batchKey, decodeBatch(bytes));
    await failpoint('worker.after_fetch');

    const release = await options.prepare?.(new Set(batch.frames.map(({ projectId }) => projectId)));
    try {
      return await ingest(batch, replay);
    } finally {
      release?.();
    }
  }

  async function ingest(batch: BatchInHand, replay?: string): Promise<BatchOutcome> {
    const { batchKey } = batch;
    const receivedAt = Math.min(...batch.frames.map((frame) => frame.receivedAt));
    const deletions = await deletionReader.since(receivedAt);
    for (const [index, frame] of batch.frames.entries()) {
      await readFrame(batch, frame, index, { enrich, deletions, takesMedia: storeMedia !== undefined });
    }
    await failpoint('worker.after_decode');
    // Before the rows that refer to them.
    if (batch.media.length > 0) await storeMedia?.(batch.media);

    await write(batch, deletions, receivedAt, replay ? `${batchKey}:${replay}` : batchKey);
    await failpoint('worker.after_write');
    await deleteAgain(batch, deletions, receivedAt);

    const outcome = batch.outcome();
    await ledger.record(outcome, batch.deadLetters);
    await failpoint('worker.after_ledger');
    options.onIngested?.(outcome, receivedAt);
    return outcome;
  }

  async function write(
    batch: BatchInHand,
    deletions: Deletions,
    receivedAt: number,
    origin: string,
  ): Promise<void> {
    const [refusedRows, converged] = await Promise.all([
      inserter.insert({ table: observationsTable, origin, rows: batch.rows }),
      batch.events.length > 0 ? convergeLane.converge(batch.events, deletions) : null,
    ]);
    for (const [position, reason] of refusedRows) batch.buryRow(position, reason);
    if (!converged) return;
    for (const [position, reason] of converged.refused) batch.buryEvent(position, reason);
    batch.suppress(converged.suppressed.size);
    for (const { projectId, traceId } of converged.traces) batch.touch(projectId, traceId, receivedAt);
  }

  /**
   * A deletion that came while rows were being written may have missed them. It is carried out again: either
   * the deletion saw the rows, or this look sees the deletion.
   */
  async function deleteAgain(batch: BatchInHand, before: Deletions, receivedAt: number): Promise<void> {
    if (batch.traces.size === 0) return;
    const after = await deletionReader.since(receivedAt);
    for (const { projectId, traceId, receivedAt } of batch.traces.values()) {
      if (before.cover(projectId, 'trace', traceId, receivedAt)) continue;
      const deletedAt = after.deletedAt(projectId, 'trace', traceId);
      if (deletedAt !== undefined && deletedAt >= receivedAt)
        await deleteTraces(columnar, { projectId, traceIds: [traceId], deletedAt });
    }
  }

  return { ingestBatch };
}

/** The stored object is not there. */
export class MissingBatch extends Error {
  override readonly name = 'MissingBatch';
  constructor(batchKey: string) {
    super(`no raw batch is stored under ${batchKey}`);
  }
}

/** Records a batch that no retry can read. What its doors acknowledged is unknown, so one dead letter stands for it. */
export async function buryBatch(
  ledger: Ledger,
  batchKey: string,
  error: DamagedBatch | MissingBatch,
): Promise<void> {
  const reasonCode = error instanceof DamagedBatch ? 'batch_damaged' : 'batch_missing';
  await ledger.record({ batchKey, accepted: 1, written: 0, deadLettered: 1, suppressed: 0 }, [
    {
      batchKey,
      frame: null,
      position: null,
      projectId: '',
      kind: 'batch',
      reasonCode,
      reason: error.message,
    },
  ]);
}
