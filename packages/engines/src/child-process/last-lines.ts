import type { ChildProcess } from 'node:child_process';

const keptLines = 20;

/** Hands each line of a child's standard error on, and keeps the last ones for saying why it ended. */
export function keepLastLines(
  child: ChildProcess,
  onLine: ((line: string) => void) | undefined,
): () => string {
  const kept: string[] = [];
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      kept.push(line);
      onLine?.(line);
    }
    kept.splice(0, Math.max(0, kept.length - keptLines));
  });
  return () => [...kept, rest].join('\n').trim();
}
