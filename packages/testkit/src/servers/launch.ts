import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

/**
 * Servers of other people that tests run against: real ones, each in a folder and on a port of its own. They are
 * not among what npm installs; where a machine has none, its tests are left out and say so.
 */
export interface TestServer {
  readonly port: number;
  readonly pid: number;
  /** Ends it at once, as a crash does. What it had made durable is there at the next start. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  /** Holds it as it is, and lets it go on: it takes connections and answers nothing. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export function hasCommand(command: string, args: readonly string[] = ['--version']): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Says once, on standard error, which tests are left out for want of a program. */
export function missing(program: string, how: string): string {
  return `left out: this machine has no ${program} (${how})`;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

const startTimeoutMs = 30_000;

/** Starts `command`, and again after `kill`; it is up when `isReady` says so. */
export async function launchServer(options: {
  command: string;
  args: readonly string[];
  port: number;
  isReady: () => Promise<boolean>;
  cwd?: string;
  env?: Record<string, string>;
  uid?: number | undefined;
  gid?: number | undefined;
  stopSignal?: NodeJS.Signals;
}): Promise<TestServer> {
  const { command, args, port, isReady, cwd, env, uid, gid, stopSignal = 'SIGTERM' } = options;
  let child: ChildProcess | null = null;
  let output = '';

  async function start(): Promise<void> {
    output = '';
    const running = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      ...(cwd && { cwd }),
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    });
    child = running;
    for (const stream of [running.stdout, running.stderr]) {
      stream?.on('data', (text: Buffer) => {
        output = (output + text.toString()).slice(-4_000);
      });
    }
    let ended = '';
    running.once('error', (error) => {
      ended = error.message;
    });
    running.once('exit', (code, signal) => {
      ended = String(signal ?? code);
    });
    const deadline = Date.now() + startTimeoutMs;
    while (!(await isReady())) {
      if (ended || Date.now() > deadline) {
        running.kill('SIGKILL');
        throw new Error(`${command} did not start (${ended || 'not in time'}).\n${output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    // One that is held hears nothing.
    running.kill('SIGCONT');
    await gone;
  }

  await start();
  return {
    port,
    get pid() {
      return child?.pid ?? Number.NaN;
    },
    kill: () => end('SIGKILL'),
    start,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    stop: () => end(stopSignal),
  };
}
