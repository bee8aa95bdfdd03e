import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startClickHouseHost } from '@tracewell/engines/columnar/embedded/launch';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tracewell/engines/relational/embedded/launch';
import { type RedisServer, redisServerMissing, startRedisServer } from './servers/redis';
import { type S3Server, s3ServerMissing, startS3Server } from './servers/s3';

/**
 * Tracewell as an operator runs it: web and worker processes of their own on servers, told of them by environment
 * alone. Postgres, Redis and the S3 store are real servers; ClickHouse is the embedded host, reached by URL as one.
 * Needs `npm run build` before.
 */
export interface Deployment {
  redis: RedisServer;
  s3: S3Server;
  postgres: { stop(): Promise<void>; start(): Promise<void> };
  webs: RunningProcess[];
  workers: RunningProcess[];
  /** Of the first worker. */
  workerUrl: string;
  env: Record<string, string>;
  /** By the project's key, to each of the webs in turn. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Runs a command of the command line to its end. */
  run(command: string, env?: Record<string, string>): Promise<{ code: number | null; output: string }>;
  dispose(): Promise<void>;
}

export interface RunningProcess {
  url: string;
  pid: number;
  output(): string;
  /** Resolves with the exit code; null when it was killed. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export const serversMissing = redisServerMissing ?? s3ServerMissing;

const entry = join(
  dirname(fileURLToPath(import.meta.url)),
  ...['..', '..', '..', 'apps', 'tracewell', 'dist', 'main.js'],
);
const startTimeoutMs = 60_000;
const columnarMemoryBytes = 1024 ** 3;

export async function startDeployment(count: { webs: number; workers: number }): Promise<Deployment> {
  const directory = mkdtempSync(join(tmpdir(), 'tracewell-servers-'));
  const undo: (() => Promise<unknown>)[] = [
    () => rm(directory, { recursive: true, force: true, maxRetries: 3 }),
  ];
  const dispose = async () => {
    while (undo.length > 0) await undo.pop()!();
  };
  try {
    const redis = await startRedisServer(join(directory, 'redis'));
    undo.push(() => redis.stop());
    const s3 = await startS3Server(join(directory, 's3'));
    undo.push(() => s3.stop());
    const place = join(directory, 'postgres');
    let server: EmbeddedPostgres = await startEmbeddedPostgres({ directory: place });
    undo.push(() => server.stop());
    const columnar = await startClickHouseHost({
      directory: join(directory, 'clickhouse'),
      memoryBytes: columnarMemoryBytes,
    });
    undo.push(() => columnar.stop());

    const secret = () => randomBytes(32).toString('hex');
    const key = { public: `pk-lf-${secret()}`, secret: `sk-lf-${secret()}` };
    const env = {
      DATABASE_URL: server.url,
      CLICKHOUSE_URL: columnar.url,
      CLICKHOUSE_USER: columnar.username,
      CLICKHOUSE_PASSWORD: columnar.password,
      REDIS_CONNECTION_STRING: redis.url,
      LANGFUSE_S3_EVENT_UPLOAD_BUCKET: s3.options.bucket,
      LANGFUSE_S3_EVENT_UPLOAD_PREFIX: 'events/',
      LANGFUSE_S3_EVENT_UPLOAD_ENDPOINT: s3.options.endpoint,
      LANGFUSE_S3_EVENT_UPLOAD_ACCESS_KEY_ID: s3.options.accessKeyId,
      LANGFUSE_S3_EVENT_UPLOAD_SECRET_ACCESS_KEY: s3.options.secretAccessKey,
      LANGFUSE_S3_EVENT_UPLOAD_FORCE_PATH_STYLE: 'true',
      TRACEWELL_AUTH_SECRET: secret(),
      TRACEWELL_SALT: secret(),
      TRACEWELL_ENCRYPTION_KEY: secret(),
      TRACEWELL_INIT_PROJECT_PUBLIC_KEY: key.public,
      TRACEWELL_INIT_PROJECT_SECRET_KEY: key.secret,
      TRACEWELL_INIT_USER_EMAIL: 'ada@example.com',
      TRACEWELL_INIT_USER_PASSWORD: secret(),
      TRACEWELL_PORT: '0',
      TRACEWELL_WORKER_PORT: '0',
      TRACEWELL_RECONCILE_EVERY_MS: '1000',
      TRACEWELL_RECONCILE_GRACE_MS: '5000',
    };
    const run: Deployment['run'] = async (command, more = {}) => {
      const child = launch(command, { ...env, ...more });
      return { code: await child.exited, output: child.output() };
    };
    const migrated = await run('migrate');
    if (migrated.code !== 0) throw new Error(`tracewell migrate failed.\n${migrated.output}`);

    const startSeveral = (command: string, howMany: number) =>
      Promise.all(
        Array.from({ length: howMany }, async () => {
          const child = launch(command, env);
          undo.push(() => child.end('SIGKILL'));
          const port = await child.ready;
          return { url: `http://127.0.0.1:${port}`, pid: child.pid, output: child.output, end: child.end };
        }),
      );
    const workers = await startSeveral('worker', count.workers);
    const webs = await startSeveral('web', count.webs);
    const authorization = `Basic ${Buffer.from(`${key.public}:${key.secret}`).toString('base64')}`;
    let turn = 0;
    return {
      redis,
      s3,
      postgres: {
        stop: () => server.stop(),
        async start() {
          server = await startEmbeddedPostgres({ directory: place, port: server.port });
        },
      },
      webs,
      workers,
      workerUrl: workers[0]!.url,
      env,
      fetch: (path, init = {}) =>
        fetch(`${webs[turn++ % webs.length]!.url}${path}`, {
          ...init,
          headers: { authorization, ...(init.headers as Record<string, string>) },
        }),
      run,
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function launch(command: string, settings: Record<string, string>) {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child: ChildProcess = spawn(process.execPath, [entry, command], {
    env: { ...inherited, NO_COLOR: '1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<number>((resolve, reject) => {
    const refuse = (why: string) => () => reject(new Error(`${command} did not start: ${why}\n${output}`));
    setTimeout(refuse('not in time'), startTimeoutMs).unref();
    void exited.then(refuse('it ended'));
    child.on('message', (message: { type?: string; port?: number }) => {
      if (message.type === 'ready' && message.port) resolve(message.port);
    });
  });
  ready.catch(() => {});
  return {
    pid: child.pid!,
    output: () => output,
    exited,
    ready,
    end(signal: NodeJS.Signals) {
      child.kill(signal);
      return exited;
    },
  };
}
