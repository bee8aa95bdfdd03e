import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EmbeddedPostgresFailed } from './failure';

/** How long the Postgres of a launcher that was killed may take to end, ms. */
const orphanGraceMs = 8_000;

/**
 * Makes way for a start: the lock file of a Postgres that was killed names a process that is gone, or, in a
 * container, another one that was given its number since. Waits for one that is just ending.
 * Throws `in-use` when the data directory's Postgres goes on running.
 */
export async function clearStaleLock(dataDirectory: string): Promise<void> {
  const file = join(dataDirectory, 'postmaster.pid');
  const until = Date.now() + orphanGraceMs;
  while (existsSync(file)) {
    const pid = readPid(file);
    if (pid === undefined || !isPostgres(pid)) {
      rmSync(file, { force: true });
      return;
    }
    if (Date.now() > until) {
      throw new EmbeddedPostgresFailed(
        'in-use',
        `The data directory ${dataDirectory} is in use by the Postgres with process id ${pid}. Stop the other Tracewell that uses it, or choose another directory.`,
      );
    }
    await wait(100);
  }
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8').split('\n')[0] ?? '', 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isPostgres(pid: number): boolean {
  if (pid === process.pid || !isAlive(pid)) return false;
  if (process.platform === 'linux') {
    try {
      return /postgres/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '');
    } catch {
      return false;
    }
  }
  const listing = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return /postgres/.test(listing.stdout ?? '');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
