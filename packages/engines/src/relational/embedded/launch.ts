import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { keepLastLines } from '../../child-process/last-lines';
import { type PreparedDirectory, prepareDirectory, superuser } from './data-directory';
import { EmbeddedPostgresFailed } from './failure';
import { guarded } from './guard';
import { spawnIdentity, underIdentity } from './identity';
import { clearStaleLock } from './lock-file';

export interface EmbeddedPostgresOptions {
  /** Where the data lies; made when it is not there. One process at a time. */
  directory: string;
  /** 0 (default): any free port. */
  port?: number;
  /** Made when it is not there. Default `tracewell`. */
  database?: string;
  /** Lines Postgres writes to its log (warnings and worse). */
  onLog?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** With user, password and database: what `openPostgres` takes. */
  url: string;
  port: number;
  /** Resolves when Postgres has ended, however it did. Never rejects. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Shuts down fast and cleanly; after `graceMs` (15,000) without a checkpoint, to be recovered at the next start. */
  stop(graceMs?: number): Promise<void>;
}

/** A recovery that replays much is let finish; a server that says nothing is not waited for as long. */
const startTimeoutMs = 120_000;
const maxPortAttempts = 5;

/**
 * Starts Postgres on a loopback port. It ends when this process does, however this process ends.
 * Throws `EmbeddedPostgresFailed` with the reason.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const prepared = await prepareDirectory(options.directory);
  await clearStaleLock(prepared.data);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port || (await findFreePort());
    try {
      return await startOn(port, prepared, options);
    } catch (error) {
      // Between finding a free port and Postgres taking it somebody else may take it.
      const taken = error instanceof Error && /could not bind|Address already in use/i.test(error.message);
      if (!taken || options.port || attempt >= maxPortAttempts) throw error;
    }
  }
}

async function startOn(
  port: number,
  prepared: PreparedDirectory,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const database = options.database ?? 'tracewell';
  const [command, args] = guarded(
    underIdentity(prepared.identity, [prepared.binaries.postgres, ...serverArguments(prepared.data, port)]),
  );
  const child = spawn(command, args, {
    cwd: prepared.data,
    env: { ...process.env, ...prepared.binaries.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C is for the launcher, which stops things in order.
    detached: true,
    ...spawnIdentity(prepared.identity),
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  child.stdin?.on('error', () => {});
  const lastLines = keepLastLines(child, options.onLog);
  const stop = (graceMs = 15_000) => stopGuarded(child, exited, graceMs);
  const urlOf = (name: string) => `postgres://${superuser}:${prepared.password}@127.0.0.1:${port}/${name}`;
  try {
    await waitUntilReady(urlOf('postgres'), exited, lastLines);
    await ensureDatabase(urlOf('postgres'), database);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(database), port, exited, stop };
}

/** Modest memory, loopback only, and no socket file whose path could be too long. */
function serverArguments(data: string, port: number): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '32MB',
    work_mem: '4MB',
    maintenance_work_mem: '32MB',
    io_method: 'sync',
    max_worker_processes: 4,
    max_parallel_workers_per_gather: 0,
    autovacuum_max_workers: 1,
    max_wal_size: '256MB',
    jit: 'off',
    huge_pages: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    logging_collector: 'off',
  };
  return [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

async function stopGuarded(
  child: ChildProcess,
  exited: EmbeddedPostgres['exited'],
  graceMs: number,
): Promise<void> {
  child.stdin?.end();
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  const quit = setTimeout(() => signalGroup('SIGQUIT'), graceMs);
  const kill = setTimeout(() => signalGroup('SIGKILL'), graceMs + 5_000);
  await exited;
  clearTimeout(quit);
  clearTimeout(kill);
}

async function waitUntilReady(
  url: string,
  exited: EmbeddedPostgres['exited'],
  lastLines: () => string,
): Promise<void> {
  const until = Date.now() + startTimeoutMs;
  let ended: Awaited<EmbeddedPostgres['exited']> | undefined;
  void exited.then((exit) => {
    ended = exit;
  });
  let lastError: unknown;
  while (Date.now() < until && !ended) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      lastError = error;
      if ((error as { code?: unknown }).code === '28P01') {
        throw new EmbeddedPostgresFailed(
          'damaged',
          'The password kept beside the Postgres data is not its password.',
        );
      }
    }
    await wait(20);
  }
  // The last words of a process that ended may still be in the pipe.
  await wait(50);
  throw describeFailedStart(ended, lastLines(), lastError);
}

function describeFailedStart(ended: unknown, log: string, lastError: unknown): EmbeddedPostgresFailed {
  if (/lock file .* already exists|pre-existing shared memory block/.test(log)) {
    return new EmbeddedPostgresFailed('in-use', `The Postgres data is in use by another process: ${log}`);
  }
  if (/database files are incompatible|not compatible with this version/.test(log)) {
    return new EmbeddedPostgresFailed(
      'wrong-version',
      `The Postgres data was made by another version: ${log}`,
    );
  }
  if (ended && /could not bind|Address already in use/i.test(log)) {
    return new EmbeddedPostgresFailed('not-started', `The port is taken: ${log}`);
  }
  if (ended) {
    return new EmbeddedPostgresFailed(
      'damaged',
      `Postgres ended while it started. If its files are damaged, restore them from a backup. Its last words: ${log || JSON.stringify(ended)}`,
    );
  }
  return new EmbeddedPostgresFailed(
    'not-started',
    `Postgres did not answer within ${startTimeoutMs} ms: ${log || String(lastError)}`,
  );
}

async function ensureDatabase(url: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
