import type { Job, JobsOptions } from 'bullmq';

/**
 * The queue is disposable: it carries pointers to what is durable elsewhere, so that losing all of it loses
 * time and nothing else. At least once; a job id that waits or runs already is not added again.
 */
export interface Queues {
  /** Throws `QueueUnavailable` within `timeoutMs` when the backend does not take the job. */
  add<Data>(queue: string, job: { id: string; data: Data }, options?: JobsOptions): Promise<void>;
  addMany<Data>(
    queue: string,
    jobs: readonly { id: string; data: Data }[],
    options?: JobsOptions,
  ): Promise<void>;
  /** Runs `handle` for each job, `concurrency` at a time; a throw is a retry, by the job's options. */
  work<Data>(
    queue: string,
    handle: (job: Job<Data>) => Promise<void>,
    options: { concurrency: number },
  ): Promise<QueueWorker>;
  counts(queue: string): Promise<QueueCounts>;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

export interface QueueWorker {
  /** Takes no more jobs and resolves when those in hand are done. */
  close(): Promise<void>;
}

export interface QueueCounts {
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
}

export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
}
