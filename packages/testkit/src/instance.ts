import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A whole Tracewell as a user starts it: the built command line, on a folder and a port of its own. Needs
 * `npm run build` before (`npm test` does it).
 */
export interface Instance {
  url: string;
  workerUrl: string;
  publicKey: string;
  secretKey: string;
  signInUrl: string;
  dataDirectory: string;
  /** `Authorization` of the project key. */
  authorization: string;
  launcher: ChildProcess;
  /** Process ids of the children, as they are now. */
  pids(): Record<'launcher' | 'columnar' | 'worker' | 'web', number>;
  /** Of the Postgres server; NaN while it is away. */
  postgresPid(): number;
  /** The stores under the names by which processes are told of them (`CLICKHOUSE_URL`, …). */
  engines(): Record<string, string>;
  output(): string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

export interface InstanceOptions {
  dataDirectory?: string;
  env?: Record<string, string>;
  args?: string[];
  /** The command that runs the launcher's command, in the same process in the end. */
  wrap?: (command: readonly string[]) => [string, ...string[]];
}

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const entry = join(repository, 'apps', 'tracewell', 'dist', 'main.js');
const startTimeoutMs = 90_000;

export async function startInstance(options: InstanceOptions = {}): Promise<Instance> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'tracewell-'));
  const { NODE_OPTIONS: _, ...env } = process.env;
  const plain = [process.execPath, entry, 'start', '--port', '0', '--data-dir', dataDirectory] as const;
  const [command, ...args] = (options.wrap ?? ((it) => it as [string, ...string[]]))([
    ...plain,
    ...(options.args ?? []),
  ]);
  const launcher = spawn(command, args, {
    env: { ...env, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  launcher.stdout!.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  launcher.stderr!.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const exited = new Promise<number | null>((resolve) => launcher.once('exit', resolve));

  const deadline = Date.now() + startTimeoutMs;
  while (!output.includes('LANGFUSE_SECRET_KEY=sk-lf-') || !output.includes('stop with Ctrl-C')) {
    if (launcher.exitCode !== null || Date.now() > deadline) {
      launcher.kill('SIGKILL');
      throw new Error(`Tracewell did not start.\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const find = (pattern: RegExp) => pattern.exec(output)?.[1] ?? '';
  const url = find(/LANGFUSE_BASE_URL=(\S+)/);
  const publicKey = find(/LANGFUSE_PUBLIC_KEY=(\S+)/);
  const secretKey = find(/LANGFUSE_SECRET_KEY=(\S+)/);
  const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;

  const readState = () => JSON.parse(readFileSync(join(dataDirectory, 'state.json'), 'utf8'));
  const stop = async () => {
    if (launcher.exitCode === null && launcher.signalCode === null) launcher.kill('SIGINT');
    return exited;
  };
  return {
    url,
    workerUrl: find(/and (http\S+)\/metrics/),
    publicKey,
    secretKey,
    signInUrl: find(/Sign in\s+(http\S+)/),
    dataDirectory,
    authorization,
    launcher,
    pids: () => readState().pids,
    postgresPid() {
      try {
        return Number.parseInt(
          readFileSync(join(dataDirectory, 'postgres', 'data', 'postmaster.pid'), 'utf8'),
          10,
        );
      } catch {
        return Number.NaN;
      }
    },
    engines: () => readState().engines,
    output: () => output,
    fetch: (path, init = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { authorization, ...(init.headers as Record<string, string>) },
      }),
    stop,
    async dispose() {
      await stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** Calls `look` until it gives something, as tests wait for a state and never for a time. */
export async function waitFor<Value>(
  what: string,
  look: () => Promise<Value | null | undefined | false>,
  timeoutMs = 60_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await look();
      if (value) return value;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeoutMs / 1000} s for ${what}${lastError ? `: ${String(lastError)}` : ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
