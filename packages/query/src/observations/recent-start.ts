import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';

/** Projects whose recent start is remembered per store; the oldest goes first. */
const maxRemembered = 10_000;
/** After that many rows may have come, and finding where the page ends anew is cheaper than sorting them. */
const maxAgeMs = 30_000;

interface Remembered {
  start: Microseconds;
  rows: number;
  at: number;
}
const recent = new WeakMap<Columnar, Map<string, Remembered>>();

/**
 * A time that the newest `rows` observations of a project probably all lie after; a guess, and cheap to check: if
 * so many rows lie after it, then the newest are among them. undefined when nothing recent is known.
 */
export function recallRecentStart(
  columnar: Columnar,
  projectId: string,
  rows: number,
): Microseconds | undefined {
  const known = recent.get(columnar)?.get(projectId);
  if (!known || known.rows < rows || Date.now() - known.at > maxAgeMs) return undefined;
  return known.start;
}

export function rememberRecentStart(
  columnar: Columnar,
  projectId: string,
  { start, rows }: { start: Microseconds; rows: number },
): void {
  const known = recent.get(columnar) ?? new Map<string, Remembered>();
  recent.set(columnar, known);
  known.delete(projectId);
  const [oldest] = known.size >= maxRemembered ? known.keys() : [];
  if (oldest !== undefined) known.delete(oldest);
  known.set(projectId, { start, rows, at: Date.now() });
}
