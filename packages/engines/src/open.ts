import { openLocalBlob } from './blob/local';
import type { Blob } from './blob/port';
import { openS3Blob, type S3Options } from './blob/s3';
import { openMemoryCache } from './cache/memory';
import type { Cache } from './cache/port';
import { openClickHouse } from './columnar/clickhouse';
import type { Columnar } from './columnar/port';
import { openBullMq } from './queue/bullmq';
import type { Queues } from './queue/port';
import type { Relational } from './relational/port';
import { openPostgres } from './relational/postgres';
import { checkEngineSettings, type EngineSettings, engineSettings } from './settings/engine-settings';
import { type Environment, readSettings } from './settings/setting';

/** Where the stores are, the same names whether they are embedded or servers. */
export interface EngineConfig {
  databaseUrl: string;
  clickHouse: { url: string; database: string; username: string; password: string };
  /** The queue's; the relational store when absent. */
  redisUrl: string | undefined;
  /** A bucket, or a folder; a process without the secret signs no URLs of objects in a folder. */
  blob: S3Options | { directory: string; urlSecret: string | undefined };
}

export interface Engines {
  relational: Relational;
  columnar: Columnar;
  queues: Queues;
  blob: Blob;
  cache: Cache;
  close(): Promise<void>;
}

/** Throws `InvalidSettings`, which names every variable that is missing or wrong. */
export function readEngineConfig(env: Environment): EngineConfig {
  const settings = readSettings(engineSettings, env, checkEngineSettings);
  return {
    databaseUrl: settings.databaseUrl,
    clickHouse: {
      url: settings.clickHouseUrl,
      database: settings.clickHouseDatabase,
      username: settings.clickHouseUser,
      password: settings.clickHousePassword,
    },
    redisUrl: settings.redisUrl ?? joinRedisUrl(settings),
    blob: settings.s3Bucket
      ? {
          bucket: settings.s3Bucket,
          prefix: settings.s3Prefix,
          region: settings.s3Region,
          endpoint: settings.s3Endpoint,
          publicEndpoint: settings.s3PublicEndpoint,
          pathStyle: settings.s3PathStyle,
          accessKeyId: settings.s3AccessKeyId,
          secretAccessKey: settings.s3SecretAccessKey,
          encryption: settings.s3Encryption,
          kmsKeyId: settings.s3KmsKeyId,
          checksums: settings.s3Checksums,
        }
      : { directory: settings.blobDirectory!, urlSecret: settings.blobUrlSecret },
  };
}

function joinRedisUrl(settings: EngineSettings): string | undefined {
  const { redisHost, redisPort, redisUser, redisPassword, redisTls } = settings;
  if (!redisHost) return undefined;
  const user = [redisUser, redisPassword].some(Boolean)
    ? `${encodeURIComponent(redisUser ?? '')}:${encodeURIComponent(redisPassword ?? '')}@`
    : '';
  const host = redisHost.includes(':') && !redisHost.startsWith('[') ? `[${redisHost}]` : redisHost;
  return `redis${redisTls ? 's' : ''}://${user}${host}:${redisPort}`;
}

/** Opens all of them; `onError` hears of connections that broke and are made again. */
export async function openEngines(
  config: EngineConfig,
  { onError = () => {} }: { onError?: (error: unknown) => void } = {},
): Promise<Engines> {
  const relational = openPostgres({ url: config.databaseUrl });
  const columnar = openClickHouse(config.clickHouse);
  const blob =
    'bucket' in config.blob
      ? await openS3Blob(config.blob)
      : openLocalBlob(config.blob.directory, { urlSecret: config.blob.urlSecret });
  const queues = await openBullMq({ url: config.redisUrl ?? config.databaseUrl, onError });
  return {
    relational,
    columnar,
    queues,
    blob,
    cache: openMemoryCache(),
    async close() {
      await queues.close();
      await Promise.all([relational.close(), columnar.close()]);
    },
  };
}
