import type { Queues, QueueWorker } from '@tracewell/engines/queue/port';
import {
  buryBatch,
  DamagedBatch,
  type IngestJob,
  ingestQueue,
  type Ledger,
  MissingBatch,
  type Pipeline,
} from '@tracewell/ingest';
import type { Logger } from 'pino';
import type { WorkerMetrics } from './metrics';

/** Jobs in hand at once: their rows share inserts. Each holds one decoded batch in memory. */
export const ingestConcurrency = 64;
/** A batch that cannot be fetched whole is buried only after as many tries. */
const triesBeforeBurial = 3;

export interface ReplayableJob extends IngestJob {
  /** Names a deliberate repetition. */
  replay?: string;
}

export function consumeIngestQueue(deps: {
  queues: Queues;
  pipeline: Pipeline;
  ledger: Ledger;
  metrics: WorkerMetrics;
  log: Logger;
}): Promise<QueueWorker> {
  const { queues, pipeline, ledger, metrics, log } = deps;
  return queues.work<ReplayableJob>(
    ingestQueue,
    async (job) => {
      const { batchKey, replay } = job.data;
      try {
        await pipeline.ingestBatch(batchKey, replay);
        metrics.jobs.inc({ queue: ingestQueue, outcome: 'done' });
      } catch (error) {
        if (
          (error instanceof DamagedBatch || error instanceof MissingBatch) &&
          job.attemptsMade + 1 >= triesBeforeBurial
        ) {
          log.error(
            { batchKey, err: error },
            'a stored batch cannot be read and is recorded as a dead letter',
          );
          await buryBatch(ledger, batchKey, error);
          metrics.jobs.inc({ queue: ingestQueue, outcome: 'buried' });
          return;
        }
        metrics.jobs.inc({ queue: ingestQueue, outcome: 'retried' });
        log.warn(
          { batchKey, err: error, attempt: job.attemptsMade + 1 },
          'ingestion of a batch will be tried again',
        );
        throw error;
      }
    },
    { concurrency: ingestConcurrency },
  );
}
