import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a process that sees a disk of a few megabytes at a folder of its own. The disk is a tmpfs in a mount
 * namespace of that process and its children: nothing else of the machine sees it, it needs no clearing up, and
 * it is full as a real disk is (ENOSPC). Linux only; an ordinary user needs user namespaces to be allowed.
 */
export interface SmallDisk {
  /** The command that runs `command` with the disk at `folder`. The process id stays the command's. */
  wrap(folder: string, command: readonly string[]): [string, ...string[]];
}

export const smallDiskBytes = 8 * 1024 * 1024;

/** The disk, or why there can be none here. */
export function findSmallDisk(): SmallDisk | { missing: string } {
  if (process.platform !== 'linux') return { missing: `a small disk needs Linux, not ${process.platform}` };
  const mount = `mount -t tmpfs -o size=${smallDiskBytes},mode=0700 tmpfs "$0"`;
  const [uid, gid] = [process.getuid!(), process.getgid!()];
  const disk: SmallDisk = {
    wrap: (folder, command) =>
      uid === 0
        ? ['unshare', '--mount', 'sh', '-c', `${mount} && exec "$@"`, folder, ...command]
        : [
            ...(['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'] as const),
            // Root of its own namespace only to mount; whoever it was for all else.
            `${mount} && exec unshare --user --map-user=${uid} --map-group=${gid} "$@"`,
            folder,
            ...command,
          ],
  };
  const folder = mkdtempSync(join(tmpdir(), 'tracewell-disk-'));
  try {
    const [command, ...args] = disk.wrap(folder, ['true']);
    const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
    return status === 0
      ? disk
      : { missing: `a small disk cannot be mounted here: ${error?.message ?? stderr.trim()}` };
  } finally {
    rmdirSync(folder);
  }
}

/** The folder as the process sees it. */
export const folderSeenBy = (pid: number, folder: string): string => `/proc/${pid}/root${folder}`;

/** Writes until nothing more fits; returns what makes room again. */
export function fillDisk(folder: string): () => void {
  const files: string[] = [];
  for (let bytes = 1024 * 1024; bytes >= 1024; ) {
    const file = join(folder, `.filler-${files.length}`);
    files.push(file);
    try {
      writeFileSync(file, new Uint8Array(bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      bytes /= 2;
    }
  }
  return () => {
    for (const file of files) rmSync(file, { force: true });
  };
}
