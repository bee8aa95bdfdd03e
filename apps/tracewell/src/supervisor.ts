import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

/**
 * Keeps one child process running.
 *
 *   starting → ready → (exited → waiting → starting …) → stopping → stopped
 *
 * A child that exits by itself is started again, later each time it fails at once. Children are in a process
 * group of their own: Ctrl-C reaches the parent alone, which stops them in order. A parent that is killed closes
 * their channel, at which they stop by themselves.
 */
export interface ChildOptions {
  name: string;
  /** Path of a JavaScript entry that sends `{ type: 'ready', port }` over its channel. */
  entry: string;
  execArgv?: string[];
  /**
   * Asked at every start; gets the port of the start before, so that a restarted child keeps its address. The
   * child is told as `TRACEWELL_RESTARTS` how often it was started again.
   */
  env: (port: number) => Record<string, string | undefined>;
  logFile: string;
  onRestart?: (name: string, code: number | null, signal: NodeJS.Signals | null) => void;
}

export interface Child {
  /** What the child said when it was ready the first time. Rejects when it exits before. */
  readonly ready: Promise<{ port: number }>;
  pid(): number | undefined;
  /** Called each time it was started again and is ready. */
  onStarted(listener: () => void): void;
  /** SIGTERM, then SIGKILL after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const firstRestartMs = 200;
const longestRestartMs = 10_000;
/** A child that ran this long failed anew, not still. */
const steadyMs = 30_000;
const maxLogBytes = 10 * 1024 * 1024;

export class ChildFailed extends Error {
  override readonly name = 'ChildFailed';
}

export function superviseChild(options: ChildOptions): Child {
  let child: ChildProcess | null = null;
  let stopping = false;
  let restartMs = firstRestartMs;
  let timer: NodeJS.Timeout | undefined;
  let exited: () => void = () => {};
  let started: () => void = () => {};
  let wasReady = false;
  let port = 0;
  let restarts = 0;
  let setReady: (message: { port: number }) => void;
  let failReady: (error: Error) => void;
  const ready = new Promise<{ port: number }>((resolve, reject) => {
    setReady = resolve;
    failReady = reject;
  });
  ready.catch(() => {});

  function start(): void {
    rotate(options.logFile);
    const log = openSync(options.logFile, 'a', 0o600);
    const startedAt = Date.now();
    const running = spawn(process.execPath, [...(options.execArgv ?? []), options.entry], {
      env: { ...options.env(port), TRACEWELL_RESTARTS: String(restarts) },
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    closeSync(log);
    child = running;
    running.on('message', (message: { type?: string; port?: number }) => {
      if (message?.type !== 'ready') return;
      wasReady = true;
      port = message.port ?? 0;
      setReady({ port });
      started();
    });
    running.on('error', (error) =>
      failReady(new ChildFailed(`${options.name} could not be started: ${error.message}`)),
    );
    running.on('exit', (code, signal) => {
      child = null;
      exited();
      if (stopping) return;
      if (!wasReady) {
        failReady(
          new ChildFailed(
            `${options.name} stopped while starting (${signal ?? `exit code ${code}`}).\n${lastLines(options.logFile)}`,
          ),
        );
        return;
      }
      restartMs =
        Date.now() - startedAt > steadyMs ? firstRestartMs : Math.min(restartMs * 2, longestRestartMs);
      options.onRestart?.(options.name, code, signal);
      restarts++;
      timer = setTimeout(start, restartMs);
    });
  }

  start();
  return {
    ready,
    pid: () => child?.pid,
    onStarted(listener) {
      started = listener;
    },
    async stop(graceMs) {
      stopping = true;
      clearTimeout(timer);
      const running = child;
      if (!running) return;
      const gone = new Promise<void>((resolve) => {
        exited = resolve;
      });
      running.kill('SIGTERM');
      const kill = setTimeout(() => running.kill('SIGKILL'), graceMs);
      await gone;
      clearTimeout(kill);
    },
  };
}

function rotate(file: string): void {
  try {
    if (statSync(file).size > maxLogBytes) renameSync(file, `${file}.1`);
  } catch {
    // no log yet
  }
}

export function lastLines(file: string, count = 12): string {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-count)
      .map((line) => `  ${line.slice(0, 400)}`)
      .join('\n');
  } catch {
    return '  (no log)';
  }
}
