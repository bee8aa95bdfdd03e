import type { Blob } from '@tracewell/engines/blob/port';
import type { Queues } from '@tracewell/engines/queue/port';
import { minuteOfBatchKey, rawPrefix } from '../raw-batch';
import { type IngestJob, ingestQueue } from '../receive/batch-log';
import type { Ledger } from './ledger';

/**
 * Makes the queue disposable (D4): compares the stored batches with the ledger and drives what is missing
 * again. A batch that is young is left to its own job.
 *
 * Batches sort by the minute of receipt. Everything up to the watermark is known to be in the ledger, so a look
 * costs what came since; the first look after a start, and one every so often, begins at the beginning, because
 * a clock that was set back stores batches before the watermark.
 */
export interface ReconcilerOptions {
  blob: Blob;
  queues: Queues;
  ledger: Ledger;
  now?: () => number;
  /** Younger batches are still with their own job. */
  graceMs?: number;
  fullLookEveryMs?: number;
}

export interface Look {
  /** Stored batches that are not in the ledger, whether driven again by this look or still young. */
  inFlight: number;
  driven: number;
  /** Age of the oldest batch not in the ledger; 0 when there is none. */
  oldestAgeMs: number;
}

const pageSize = 1_000;

export function createReconciler(options: ReconcilerOptions): { look(): Promise<Look> } {
  const { blob, queues, ledger, now = Date.now } = options;
  const graceMs = options.graceMs ?? 30_000;
  const fullLookEveryMs = options.fullLookEveryMs ?? 60 * 60_000;
  let watermark = '';
  let lastFullLook = Number.NEGATIVE_INFINITY;

  async function look(): Promise<Look> {
    const startedAt = now();
    if (startedAt - lastFullLook >= fullLookEveryMs) {
      watermark = '';
      lastFullLook = startedAt;
    }
    const result: Look = { inFlight: 0, driven: 0, oldestAgeMs: 0 };
    let after = watermark;
    let complete = true;
    for (;;) {
      const keys = await blob.list(rawPrefix, { after, limit: pageSize });
      if (keys.length === 0) break;
      const missing = new Set(await ledger.missing(keys));
      for (const key of keys) {
        const ageMs = startedAt - storedAt(key);
        if (missing.has(key)) {
          complete = false;
          result.inFlight++;
          result.oldestAgeMs = Math.max(result.oldestAgeMs, ageMs);
          if (ageMs >= graceMs) {
            await drive(key);
            result.driven++;
          }
        } else if (complete && ageMs > minuteMs + graceMs) watermark = key;
      }
      if (keys.length < pageSize) break;
      after = keys.at(-1)!;
    }
    return result;
  }

  /** Under the id its own job has: while that waits or runs, however long the queue is, this is no second one. */
  const drive = (batchKey: string): Promise<void> =>
    queues.add<IngestJob>(ingestQueue, { id: batchKey, data: { batchKey } });

  return { look };
}

const minuteMs = 60_000;

/** The id of a batch begins with its milliseconds; its folder with its minute. */
function storedAt(key: string): number {
  const id = key.slice(key.lastIndexOf('/') + 1);
  const ms = Number.parseInt(id.slice(0, 12), 16);
  return Number.isFinite(ms) && ms > 0 ? ms : (minuteOfBatchKey(key)?.getTime() ?? 0);
}
