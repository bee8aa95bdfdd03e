import { openLocalBlob } from './blob/local';
import type { Blob } from './blob/port';
import { openMemoryCache } from './cache/memory';
import type { Cache } from './cache/port';
import { openClickHouse } from './columnar/clickhouse';
import type { Columnar } from './columnar/port';
import { openBullMq } from './queue/bullmq';
import type { Queues } from './queue/port';
import type { Relational } from './relational/port';
import { openPostgres } from './relational/postgres';

/** Where the stores are, the same names whether they are embedded or servers. */
export interface EngineConfig {
  databaseUrl: string;
  clickHouse: { url: string; database: string; username: string; password: string };
  /** The queue's; the relational store when absent. */
  redisUrl: string | undefined;
  blobDirectory: string;
  /** Signs URLs of objects; a process without it signs none. */
  blobUrlSecret: string | undefined;
}

export interface Engines {
  relational: Relational;
  columnar: Columnar;
  queues: Queues;
  blob: Blob;
  cache: Cache;
  close(): Promise<void>;
}

export class InvalidEngineConfig extends Error {
  override readonly name = 'InvalidEngineConfig';
}

/** Throws `InvalidEngineConfig`, which names every variable that is missing. */
export function readEngineConfig(env: Record<string, string | undefined>): EngineConfig {
  const required = ['DATABASE_URL', 'CLICKHOUSE_URL', 'TRACEWELL_BLOB_DIR'] as const;
  const missing = required.filter((name) => !env[name]);
  if (missing.length > 0) throw new InvalidEngineConfig(`Set ${missing.join(', ')}: where the stores are.`);
  return {
    databaseUrl: env.DATABASE_URL!,
    clickHouse: {
      url: env.CLICKHOUSE_URL!,
      database: env.CLICKHOUSE_DB || 'tracewell',
      username: env.CLICKHOUSE_USER || 'default',
      password: env.CLICKHOUSE_PASSWORD ?? '',
    },
    redisUrl: env.REDIS_URL || undefined,
    blobDirectory: env.TRACEWELL_BLOB_DIR!,
    blobUrlSecret: env.TRACEWELL_ENCRYPTION_KEY || undefined,
  };
}

/** Opens all of them; `onError` hears of connections that broke and are made again. */
export async function openEngines(
  config: EngineConfig,
  { onError = () => {} }: { onError?: (error: unknown) => void } = {},
): Promise<Engines> {
  const relational = openPostgres({ url: config.databaseUrl });
  const columnar = openClickHouse(config.clickHouse);
  const queues = await openBullMq({ url: config.redisUrl ?? config.databaseUrl, onError });
  return {
    relational,
    columnar,
    queues,
    blob: openLocalBlob(config.blobDirectory, { urlSecret: config.blobUrlSecret }),
    cache: openMemoryCache(),
    async close() {
      await queues.close();
      await Promise.all([relational.close(), columnar.close()]);
    },
  };
}
