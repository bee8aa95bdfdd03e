import { randomBytes } from 'node:crypto';
import type { EngineConfig } from '@tracewell/engines';
import { openLocalBlob } from '@tracewell/engines/blob/local';
import { openS3Blob } from '@tracewell/engines/blob/s3';
import { openClickHouse } from '@tracewell/engines/columnar/clickhouse';
import { inspectRedis } from '@tracewell/engines/queue/inspect-redis';
import { openPostgres } from '@tracewell/engines/relational/postgres';

/** One thing that was looked at; when it is wrong the text says what to do. */
export interface Finding {
  isRight: boolean;
  text: string;
}

const least = { postgres: '15', clickHouse: '25.8', redis: '7' };
/** Times of events come from one clock and are compared with those of another. */
const maxSkewMs = 2_000;
const unique = () => `doctor_${randomBytes(8).toString('hex')}`;

export async function checkPostgres(url: string): Promise<Finding[]> {
  const store = openPostgres({ url, maxConnections: 1 });
  try {
    const sentAt = Date.now();
    const { rows } = await store.pool.query<{ version: string; clock: number; may: boolean; ready: boolean }>(
      `SELECT current_setting('server_version') AS version,
              (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS clock,
              has_database_privilege(current_database(), 'CREATE')
                AND has_schema_privilege('public', 'CREATE') AS may,
              to_regclass('public.api_keys') IS NOT NULL AS ready`,
    );
    const { version, clock, may, ready } = rows[0]!;
    return [
      judgeVersion(version, least.postgres),
      judgeClock(clock, sentAt),
      may
        ? right('the user may create tables and schemas')
        : wrong(
            'the user may not create tables and schemas, which `tracewell migrate` does. Grant it CREATE on the database and on the schema public, or migrate as another user.',
          ),
      ready ? right('has our tables') : wrong('has no tables of ours yet. Run `tracewell migrate`.'),
    ];
  } finally {
    await store.close();
  }
}

export async function checkClickHouse(options: EngineConfig['clickHouse']): Promise<Finding[]> {
  // Beside the database, which may not be there yet.
  const store = openClickHouse({ ...options, database: 'default' });
  try {
    const sentAt = Date.now();
    const [facts] = await store.query<{ version: string; clock: number; ready: number }>({
      name: 'doctor.facts',
      sql: `SELECT version() AS version, toFloat64(toUnixTimestamp64Milli(now64(3))) AS clock,
                   toUInt8(count()) AS ready
            FROM system.tables WHERE database = {database:String} AND name = 'schema_migrations'`,
      params: { database: options.database },
    });
    const { version, clock, ready } = facts!;
    const findings = [judgeVersion(version, least.clickHouse), judgeClock(clock, sentAt)];
    if (!ready)
      return [
        ...findings,
        wrong(`has no database ${options.database} of ours yet. Run \`tracewell migrate\`.`),
      ];
    return [...findings, await tryTable(store, options)];
  } finally {
    await store.close();
  }
}

async function tryTable(
  store: ReturnType<typeof openClickHouse>,
  { database, username }: EngineConfig['clickHouse'],
): Promise<Finding> {
  const table = `${database}.${unique()}`;
  try {
    await store.command({
      name: 'doctor.create',
      sql: `CREATE TABLE ${table} (n UInt8) ENGINE = MergeTree ORDER BY n`,
    });
    await store.insert({ name: 'doctor.insert', table, rows: ['{"n":1}'] });
    await store.command({ name: 'doctor.drop', sql: `DROP TABLE ${table} SYNC` });
    return right(`the user may create, fill and drop tables in ${database}`);
  } catch (error) {
    return wrong(
      `the user ${username} cannot create, fill and drop a table in ${database}: ${(error as Error).message} Grant it SELECT, INSERT, ALTER, CREATE and DROP on ${database}.*`,
    );
  }
}

export async function checkRedis(url: string | undefined): Promise<Finding[]> {
  if (!url) return [right('not set: the queue is in Postgres, which is enough for one machine')];
  const sentAt = Date.now();
  const { version, evictionPolicy, appendsToLog, clockMs } = await inspectRedis(url);
  return [
    judgeVersion(version, least.redis),
    judgeClock(clockMs, sentAt),
    evictionPolicy === 'noeviction'
      ? right('maxmemory-policy is noeviction')
      : wrong(
          `maxmemory-policy is ${evictionPolicy}: a full Redis would throw jobs away. Set it to noeviction.`,
        ),
    appendsToLog
      ? right('appends to its log (AOF)')
      : right(
          'keeps no log (appendonly no): after a crash the reconciler drives what waited again, which takes longer',
        ),
  ];
}

export async function checkBlob(config: EngineConfig['blob']): Promise<Finding[]> {
  const isBucket = 'bucket' in config;
  const store = isBucket ? await openS3Blob(config) : openLocalBlob(config.directory);
  const key = `doctor/${unique()}`;
  const place = isBucket ? `the bucket ${config.bucket}` : config.directory;
  try {
    await store.put(key, new TextEncoder().encode(key));
    const read = await store.get(key);
    const listed = await store.list('doctor/');
    await store.delete([key]);
    const isSame = read !== null && new TextDecoder().decode(read) === key && listed.includes(key);
    return [
      isSame
        ? right(`${place} takes, gives back, lists and deletes objects`)
        : wrong(`${place} does not give back what was put there. Look for a proxy or a policy between.`),
    ];
  } catch (error) {
    return [
      wrong(
        `${place}: ${(error as Error).message}. The key needs the rights to put, get, list and delete, and a clock that is right.`,
      ),
    ];
  } finally {
    await store.close?.();
  }
}

export function judgeVersion(version: string, wanted: string): Finding {
  const numbers = (text: string) =>
    text
      .split(/[^\d]+/)
      .filter(Boolean)
      .map(Number);
  const has = numbers(version);
  for (const [at, number] of numbers(wanted).entries()) {
    if ((has[at] ?? 0) > number) break;
    if ((has[at] ?? 0) < number) return wrong(`version ${version} is older than ${wanted}. Upgrade it.`);
  }
  return right(`version ${version}`);
}

/** The answer was made between `sentAt` and now: what lies outside of that is skew. */
export function judgeClock(clockMs: number, sentAt: number, now = Date.now()): Finding {
  const skewMs = Math.round(clockMs < sentAt ? clockMs - sentAt : Math.max(0, clockMs - now));
  return Math.abs(skewMs) <= maxSkewMs
    ? right('its clock is right')
    : wrong(`its clock is ${skewMs / 1000} s off this machine's. Let both follow the same time server.`);
}

const right = (text: string): Finding => ({ isRight: true, text });
const wrong = (text: string): Finding => ({ isRight: false, text });
