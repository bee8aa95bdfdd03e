import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalBlob } from '@tracewell/engines/blob/local';
import type { Blob } from '@tracewell/engines/blob/port';
import { openMemoryCache } from '@tracewell/engines/cache/memory';
import type { Cache } from '@tracewell/engines/cache/port';
import { openClickHouse } from '@tracewell/engines/columnar/clickhouse';
import { type ClickHouseHost, startClickHouseHost } from '@tracewell/engines/columnar/embedded/launch';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { openBullMq } from '@tracewell/engines/queue/bullmq';
import type { Queues } from '@tracewell/engines/queue/port';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tracewell/engines/relational/embedded/launch';
import type { Relational } from '@tracewell/engines/relational/port';
import { openPostgres } from '@tracewell/engines/relational/postgres';
import { defaultDatabase, migrateClickHouse } from '@tracewell/schema/clickhouse/migrate';
import { migratePostgres } from '@tracewell/schema/postgres/migrate';

/** Which engines a test needs; without any named, all of them. A queue brings Postgres with it. */
export interface EngineChoice {
  columnar?: boolean;
  relational?: boolean;
  queue?: boolean;
}

/** Taking one that was not started throws and says so. Objects and cache are always there. */
export interface TestEngines {
  readonly columnar: Columnar;
  readonly relational: Relational;
  readonly queues: Queues;
  readonly blob: Blob;
  readonly cache: Cache;
  readonly urls: { readonly columnar: string; readonly relational: string };
  /** The stores under the names by which processes are told of them (`CLICKHOUSE_URL`, …). */
  readonly env: Record<string, string>;
  /** A folder of this test alone; gone after `stop`. */
  readonly directory: string;
  stop(): Promise<void>;
}

/** The real engines, embedded, in a fresh folder and on free ports, migrated. The caller must `stop` them. */
export async function startEngines(choice: EngineChoice = {}): Promise<TestEngines> {
  const all = !choice.columnar && !choice.relational && !choice.queue;
  const directory = await mkdtemp(join(tmpdir(), 'tracewell-test-'));
  const objects = join(directory, 'objects');
  await mkdir(objects);
  const undo: (() => Promise<void>)[] = [
    () => rm(directory, { recursive: true, force: true, maxRetries: 3 }),
  ];
  const stop = async () => {
    while (undo.length > 0) await undo.pop()!();
  };
  try {
    const starting = [
      all || choice.columnar ? startColumnar(directory, undo) : undefined,
      all || choice.relational || choice.queue ? startRelational(directory, undo) : undefined,
    ] as const;
    // When one fails the other is awaited all the same, so that it has registered how it is stopped.
    await Promise.allSettled(starting);
    const [columnar, relational] = await Promise.all(starting);
    const queues =
      relational && (all || choice.queue) ? await startQueues(relational.server.url, undo) : undefined;
    return {
      get columnar() {
        return present(columnar?.columnar, 'columnar');
      },
      get relational() {
        return present(relational?.relational, 'relational');
      },
      get queues() {
        return present(queues, 'queue');
      },
      blob: openLocalBlob(objects, { urlSecret: 'signs URLs in tests' }),
      cache: openMemoryCache(),
      urls: {
        get columnar() {
          return present(columnar?.host.url, 'columnar');
        },
        get relational() {
          return present(relational?.server.url, 'relational');
        },
      },
      env: {
        ...(columnar
          ? {
              CLICKHOUSE_URL: columnar.host.url,
              CLICKHOUSE_DB: defaultDatabase,
              CLICKHOUSE_USER: columnar.host.username,
              CLICKHOUSE_PASSWORD: columnar.host.password,
            }
          : {}),
        ...(relational ? { DATABASE_URL: relational.server.url } : {}),
        TRACEWELL_BLOB_DIR: objects,
      },
      directory,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const testMemoryBytes = 1024 ** 3;

async function startColumnar(
  directory: string,
  undo: (() => Promise<void>)[],
): Promise<{ host: ClickHouseHost; columnar: Columnar }> {
  const host = await startClickHouseHost({
    directory: join(directory, 'clickhouse'),
    memoryBytes: testMemoryBytes,
  });
  undo.push(() => host.stop());
  const beside = openClickHouse({ ...host, database: 'default' });
  try {
    await migrateClickHouse(beside);
  } finally {
    await beside.close();
  }
  const columnar = openClickHouse({ ...host, database: defaultDatabase });
  undo.push(() => columnar.close());
  return { host, columnar };
}

async function startRelational(
  directory: string,
  undo: (() => Promise<void>)[],
): Promise<{ server: EmbeddedPostgres; relational: Relational }> {
  const server = await startEmbeddedPostgres({ directory: join(directory, 'postgres') });
  undo.push(() => server.stop());
  const relational = openPostgres({ url: server.url });
  undo.push(() => relational.close());
  await migratePostgres(relational);
  return { server, relational };
}

async function startQueues(url: string, undo: (() => Promise<void>)[]): Promise<Queues> {
  const queues = await openBullMq({ url });
  undo.push(() => queues.close());
  return queues;
}

function present<Engine>(engine: Engine | undefined, name: keyof EngineChoice): Engine {
  if (engine === undefined)
    throw new Error(`This test has no such engine: call startEngines({ ${name}: true }).`);
  return engine;
}
