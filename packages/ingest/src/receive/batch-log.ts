import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { type Blob, BlobUnavailable } from '@tracewell/engines/blob/port';
import type { Queues } from '@tracewell/engines/queue/port';
import type { BatchLog, Frame } from '../batch';
import { failpoint } from '../failpoint';
import { batchKeyOf, encodeBatch } from '../raw-batch';

/**
 * Makes accepted requests durable, many at a time, and hands a pointer to each stored batch to the worker.
 *
 * A frame waits only for writes that were under way when it came: whatever has gathered meanwhile is stored by
 * the next write (group commit without a timer). A frame is acknowledged when the object that holds it is
 * durable; the queue only makes the worker quick. A pointer that the queue did not take is found again by the
 * reconciler, so a queue that is away costs time and no request.
 */
export interface BatchLogOptions {
  blob: Blob;
  queues: Queues;
  now?: () => Date;
  /** Objects written at the same time. */
  concurrentPuts?: number;
  /** A batch takes no further frame once it holds this much. */
  maxBatchBytes?: number;
  /** What may wait to be written; above it the client is asked to come back. */
  maxWaitingBytes?: number;
  onEnqueueError?: (error: unknown) => void;
}

export const ingestQueue = 'ingest';
export interface IngestJob {
  batchKey: string;
}

/** Bodies below this are stored as they came: compressing them saves nothing. */
const minCompressBytes = 1024;
const compress = promisify(brotliCompress);
/** Measured on traces: less than half the CPU of the fastest gzip, and hardly larger. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 0 };
/** Every piece of output is a turn of the event loop; a compressed body fits one of half its length. */
const pieceBytes = ({ length }: Uint8Array) => Math.max(16 * 1024, length >> 1);

interface Waiting {
  frame: Frame;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export function openBatchLog(options: BatchLogOptions): BatchLog & { drain(): Promise<void> } {
  const { blob, queues, now = () => new Date(), onEnqueueError = () => {} } = options;
  const concurrentPuts = options.concurrentPuts ?? 2;
  const maxBatchBytes = options.maxBatchBytes ?? 8 * 1024 * 1024;
  const maxWaitingBytes = options.maxWaitingBytes ?? 128 * 1024 * 1024;

  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let writing = 0;
  const inFlight = new Set<Promise<void>>();

  async function append(frame: Frame): Promise<void> {
    if (waitingBytes + frame.body.length > maxWaitingBytes && waitingBytes > 0) {
      throw new BlobUnavailable('more is waiting to be stored than the server holds; send it again later');
    }
    waitingBytes += frame.body.length;
    const packed = await pack(frame);
    waitingBytes += packed.body.length - frame.body.length;
    await new Promise<void>((resolve, reject) => {
      waiting.push({ frame: packed, resolve, reject });
      writeNext();
    });
  }

  function writeNext(): void {
    while (writing < concurrentPuts && waiting.length > 0) {
      writing++;
      const run: Promise<void> = writeBatch(takeBatch()).finally(() => {
        writing--;
        inFlight.delete(run);
        writeNext();
      });
      inFlight.add(run);
    }
  }

  function takeBatch(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < waiting.length && (count === 0 || bytes < maxBatchBytes)) {
      bytes += waiting[count++]!.frame.body.length;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  }

  async function writeBatch(batch: Waiting[]): Promise<void> {
    const batchKey = batchKeyOf(now(), createBatchId(now()));
    try {
      await failpoint('receive.before_put');
      await blob.put(batchKey, encodeBatch(batch.map(({ frame }) => frame)));
      await failpoint('receive.after_put');
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    } finally {
      for (const { frame } of batch) waitingBytes -= frame.body.length;
    }
    try {
      await queues.add<IngestJob>(ingestQueue, { id: batchKey, data: { batchKey } });
      await failpoint('receive.after_enqueue');
    } catch (error) {
      onEnqueueError(error);
    }
  }

  return {
    append,
    async drain() {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}

/** Bodies are kept compressed; what came compressed is kept as it came. */
async function pack(frame: Frame): Promise<Frame> {
  if (frame.encoding !== 'identity' || frame.body.length < minCompressBytes) return frame;
  const body = await compress(frame.body, { params, chunkSize: pieceBytes(frame.body) });
  return { ...frame, encoding: 'br', body };
}

/** Sorts by time and is unique: milliseconds in hexadecimal, then randomness. */
function createBatchId(time: Date): string {
  return `${time.getTime().toString(16).padStart(12, '0')}-${randomBytes(10).toString('hex')}`;
}
