import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** CPU and memory of a process tree, from /proc. Linux only. */
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

interface Stat {
  pid: number;
  parent: number;
  ticks: number;
}

export function treeOf(rootPid: number): Stat[] {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const tree: Stat[] = [];
  const pending = [rootPid];
  while (pending.length > 0) {
    const pid = pending.pop()!;
    const own = stats.find((stat) => stat.pid === pid);
    if (own) tree.push(own);
    for (const stat of stats) if (stat.parent === pid) pending.push(stat.pid);
  }
  return tree;
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // utime, stime, and those of children that ended: nothing a tree used is forgotten.
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    return { pid, parent: Number(fields[1]), ticks };
  } catch {
    return null;
  }
}

export const cpuSeconds = (rootPid: number): number =>
  treeOf(rootPid).reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond;

/** Proportional set size: pages that several processes share are counted once. Bytes. */
export function memoryBytes(rootPid: number): number {
  return treeOf(rootPid).reduce((sum, { pid }) => sum + pssOf(pid), 0);
}

export function cpuByProcess(rootPid: number): Record<string, number> {
  const byName: Record<string, number> = {};
  for (const { pid, ticks } of treeOf(rootPid)) {
    const name = nameOf(pid);
    byName[name] = (byName[name] ?? 0) + ticks / ticksPerSecond;
  }
  return byName;
}

function pssOf(pid: number): number {
  try {
    return (
      Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
    );
  } catch {
    return 0;
  }
}

function nameOf(pid: number): string {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (command.includes('columnar-host')) return 'columnar';
    if (command.includes('postgres')) return 'postgres';
    return /apps\/(\w+)\/dist/.exec(command)?.[1] ?? 'other';
  } catch {
    return 'gone';
  }
}
