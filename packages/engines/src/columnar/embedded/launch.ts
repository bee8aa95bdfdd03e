import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { keepLastLines } from '../../child-process/last-lines';

export interface ClickHouseHostOptions {
  /** Where the data lies; made when it is not there. One process at a time. */
  directory: string;
  /** 0 (default): any free port. */
  port?: number;
  /** Generated when not given. */
  password?: string;
  /** Cap of the engine's memory, bytes. Default 2 GiB. */
  memoryBytes?: number;
  /** The host's entry; default: beside this module, `host.ts` in the source tree or `columnar-host.js` in a bundle. */
  entry?: string;
  /** Lines the host writes to standard error. */
  onLog?: (line: string) => void;
}

export interface ClickHouseHost {
  /** `http://127.0.0.1:port` */
  url: string;
  username: string;
  password: string;
  pid: number;
  /** Resolves when the process has ended, however it did. Never rejects. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Drains and ends the process; after `graceMs` (15,000) it is killed. */
  stop(graceMs?: number): Promise<void>;
}

/** The host did not come up; the message says why, in the host's own words. */
export class ClickHouseHostFailed extends Error {
  override readonly name = 'ClickHouseHostFailed';
}

const startTimeoutMs = 60_000;

/** Statements each hold a thread of libuv's pool; the files the front reads and writes need some too. */
const threadPoolSize = 16;

/** Starts the embedded ClickHouse in a process of its own; it ends when this process does. */
export async function startClickHouseHost(options: ClickHouseHostOptions): Promise<ClickHouseHost> {
  const password = options.password ?? randomBytes(24).toString('base64url');
  const child = spawn(process.execPath, ['--max-old-space-size=512', ...hostArguments(options.entry)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      ...environmentForChild(),
      UV_THREADPOOL_SIZE: String(threadPoolSize),
      TZ: 'UTC',
      TRACEWELL_COLUMNAR_DIRECTORY: options.directory,
      TRACEWELL_COLUMNAR_PORT: String(options.port ?? 0),
      TRACEWELL_COLUMNAR_PASSWORD: password,
      ...(options.memoryBytes ? { TRACEWELL_COLUMNAR_MEMORY_BYTES: String(options.memoryBytes) } : {}),
    },
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  const lastLines = keepLastLines(child, options.onLog);
  const port = await waitUntilReady(child, exited, lastLines);
  return {
    url: `http://127.0.0.1:${port}`,
    username: 'default',
    password,
    pid: child.pid!,
    exited,
    async stop(graceMs = 15_000) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

function hostArguments(entry: string | undefined): string[] {
  const given = entry ?? process.env.TRACEWELL_COLUMNAR_HOST;
  const source = fileURLToPath(new URL('./host.ts', import.meta.url));
  const path =
    given ?? (existsSync(source) ? source : fileURLToPath(new URL('./columnar-host.js', import.meta.url)));
  if (!path.endsWith('.ts')) return [path];
  const loader = createRequire(import.meta.url).resolve('tsx');
  return ['--import', pathToFileURL(loader).href, path];
}

/** Options of this process (inspector, test runner's loaders) are not the host's. */
function environmentForChild(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  return rest;
}

async function waitUntilReady(
  child: ChildProcess,
  exited: ClickHouseHost['exited'],
  lastLines: () => string,
): Promise<number> {
  const ready = new Promise<number>((resolve) => {
    child.on('message', (message: { type?: string; port?: number }) => {
      if (message.type === 'ready' && message.port) resolve(message.port);
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), startTimeoutMs);
  });
  const outcome = await Promise.race([ready, exited, late]);
  clearTimeout(timer);
  if (typeof outcome === 'number') return outcome;
  child.kill('SIGKILL');
  const reason =
    outcome === 'late' ? `not ready after ${startTimeoutMs} ms` : `ended with ${JSON.stringify(outcome)}`;
  throw new ClickHouseHostFailed(`The embedded ClickHouse did not start: ${reason}. ${lastLines()}`.trim());
}
