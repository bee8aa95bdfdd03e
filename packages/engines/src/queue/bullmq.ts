import { setTimeout as wait } from 'node:timers/promises';
import {
  createPostgresBackend,
  type Job,
  type JobsOptions,
  Queue,
  runMigrations,
  Worker,
  withBackend,
} from 'bullmq';
import pg from 'pg';
import { type QueueCounts, type Queues, QueueUnavailable, type QueueWorker } from './port';

/**
 * The queue over BullMQ: on Postgres by default, on Redis by another URL, with the same Queue and Worker code.
 *
 * On Postgres each worker holds one connection of the pool for LISTEN as long as it lives; a pool without room
 * for that and for the queries beside it stands still for ever. So the pool has a place for every worker, and
 * workers are counted.
 */
export interface BullMqOptions {
  /** `postgres://…` or `redis(s)://…` */
  url: string;
  /** Workers this process will start; each takes a connection. Default 4. */
  maxWorkers?: number;
  /** After which a job that was not taken is the caller's to handle. */
  addTimeoutMs?: number;
  onError?: (error: unknown) => void;
}

const schema = 'bullmq';
/** Connections beside those that workers listen on. */
const queryConnections = 6;
/** How soon a worker looks again after its store was away. */
const retryDelayMs = 500;
const defaultAddTimeoutMs = 2_000;
/** How often a worker that is closing looks whether its backend is still there. */
const closeCheckMs = 1_000;
const maxReconnectDelayMs = 2_000;
/** How long a job of a worker that was killed stays its own, and how often others look for such jobs. */
const lockDurationMs = 20_000;
const stalledIntervalMs = 5_000;
/** A worker killed in the middle of a job is no fault of the job: restarts must not use its tries up. */
const maxStalledCount = 20;

/** A job that fails for good is forgotten: what it points to is found again by whoever reconciles. */
const defaultJobOptions: JobsOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: true,
};

export async function openBullMq(options: BullMqOptions): Promise<Queues> {
  const { url, onError = () => {} } = options;
  const addTimeoutMs = options.addTimeoutMs ?? defaultAddTimeoutMs;
  const maxWorkers = options.maxWorkers ?? 4;
  const backend = url.startsWith('postgres')
    ? await openPostgres(url, maxWorkers, onError)
    : await openRedis(url, onError);

  const queues = new Map<string, Queue>();
  const workers = new Set<QueueWorker>();

  function queueOf(name: string): Queue {
    let queue = queues.get(name);
    if (!queue) {
      queue = backend.createQueue(name);
      queue.on('error', onError);
      queues.set(name, queue);
    }
    return queue;
  }

  async function inTime<Value>(work: Promise<Value>): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer after ${addTimeoutMs} ms`)), addTimeoutMs);
    });
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      throw new QueueUnavailable(`the queue does not take jobs now: ${(error as Error).message}`, {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async add(name, { id, data }, jobOptions) {
      requireJobId(id);
      await inTime(queueOf(name).add(name, data, { ...jobOptions, jobId: id }));
    },

    async addMany(name, jobs, jobOptions) {
      for (const { id } of jobs) requireJobId(id);
      await inTime(
        queueOf(name).addBulk(
          jobs.map(({ id, data }) => ({ name, data, opts: { ...jobOptions, jobId: id } })),
        ),
      );
    },

    async work<Data>(
      name: string,
      handle: (job: Job<Data>) => Promise<void>,
      { concurrency }: { concurrency: number },
    ) {
      if (workers.size >= maxWorkers) {
        throw new RangeError(
          `${maxWorkers} workers run already, which is what the pool has room for; raise maxWorkers`,
        );
      }
      let inHand = 0;
      const counting = async (job: Job): Promise<void> => {
        inHand++;
        try {
          await handle(job as Job<Data>);
        } finally {
          inHand--;
        }
      };
      const worker = backend.createWorker(name, counting, concurrency);
      worker.on('error', onError);
      const handleOfWorker: QueueWorker = {
        async close() {
          await closeWorker(worker, () => inHand === 0, backend);
          workers.delete(handleOfWorker);
        },
      };
      workers.add(handleOfWorker);
      await worker.waitUntilReady();
      return handleOfWorker;
    },

    async counts(name): Promise<QueueCounts> {
      const counts = await inTime(queueOf(name).getJobCounts('waiting', 'active', 'delayed', 'failed'));
      const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
      return { waiting, active, delayed, failed };
    },

    ping: () => backend.ping(),

    async close() {
      await Promise.all([...workers].map((worker) => worker.close()));
      await Promise.race([
        Promise.allSettled([...queues.values()].map((queue) => queue.close())),
        wait(closeCheckMs, undefined, { ref: false }),
      ]);
      await backend.close();
    },
  };
}

/**
 * Waits for the jobs in hand. A worker whose backend is away would wait for it as well; with nothing in hand it
 * is left instead, so that a process can always end.
 */
async function closeWorker(worker: Worker, isIdle: () => boolean, backend: Backend): Promise<void> {
  const closed = worker.close().then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([closed, wait(closeCheckMs, false, { ref: false })]))) {
    if (isIdle() && !(await backend.ping())) return;
  }
}

/** What BullMQ would refuse is the caller's mistake, and must not look like an outage. */
function requireJobId(id: string): void {
  if (id !== '' && !/^\d+$/.test(id) && !id.includes(':')) return;
  throw new RangeError(`"${id}" is no id of a job: it must not be empty, a number, or hold a colon`);
}

const workerOptions = {
  runRetryDelay: retryDelayMs,
  lockDuration: lockDurationMs,
  stalledInterval: stalledIntervalMs,
  maxStalledCount,
};

interface Backend {
  createQueue(name: string): Queue;
  createWorker(name: string, handle: (job: Job) => Promise<void>, concurrency: number): Worker;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

async function openPostgres(
  url: string,
  maxWorkers: number,
  onError: (error: unknown) => void,
): Promise<Backend> {
  const bound = withBackend(createPostgresBackend);
  const pool = new pg.Pool({
    connectionString: url,
    max: maxWorkers + queryConnections,
    keepAlive: true,
    options: `-c search_path=${schema}`,
    connectionTimeoutMillis: 5_000,
  });
  // Every queue and worker listens to the one pool.
  pool.setMaxListeners(0);
  pool.on('error', onError);
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    client.release();
  }
  return {
    createQueue: (name) => new bound.Queue(name, { connection: pool, defaultJobOptions }) as unknown as Queue,
    createWorker: (name, handle, concurrency) =>
      new bound.Worker(name, handle, {
        connection: pool,
        concurrency,
        ...workerOptions,
      }) as unknown as Worker,
    ping: () =>
      pool.query('SELECT 1').then(
        () => true,
        () => false,
      ),
    close: () => pool.end(),
  };
}

/**
 * The clients are made here: BullMQ finds its driver only where there is a `require`. Producers have a client
 * that refuses at once while Redis is away; workers have one that waits for it to come back.
 */
async function openRedis(url: string, onError: (error: unknown) => void): Promise<Backend> {
  const { Redis } = await import('ioredis');
  const connect = (enableOfflineQueue: boolean) => {
    const client = new Redis(url, {
      maxRetriesPerRequest: null,
      enableOfflineQueue,
      retryStrategy: (times) => Math.min(times * 100, maxReconnectDelayMs),
    });
    // Queues and workers each listen on it.
    client.setMaxListeners(0);
    client.on('error', onError);
    return client;
  };
  // Queues of one cluster share a slot by the braces.
  const prefix = '{tracewell}';
  const producer = connect(false);
  let consumer: ReturnType<typeof connect> | undefined;
  return {
    createQueue: (name) => new Queue(name, { connection: producer, prefix, defaultJobOptions }),
    createWorker(name, handle, concurrency) {
      consumer ??= connect(true);
      return new Worker(name, handle, { connection: consumer, prefix, concurrency, ...workerOptions });
    },
    ping: () =>
      producer.ping().then(
        () => true,
        () => false,
      ),
    async close() {
      producer.disconnect();
      consumer?.disconnect();
    },
  };
}
