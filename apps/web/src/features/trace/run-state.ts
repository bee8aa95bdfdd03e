/**
 * Whether an observation without an end still runs. Only its trace can tell: while anything of it was heard a
 * moment ago it runs; after `silenceMs` without a sign it has stopped talking (a crash, a lost last request).
 */
export type RunState =
  | { kind: 'ended' }
  | { kind: 'running'; elapsedMs: number }
  | { kind: 'silent'; lastSignAt: number };

/** How long nothing may be heard of a trace before what has no end counts as stopped. */
export const silenceMs = 3 * 60_000;

interface Timed {
  type: string;
  startTime: string;
  startOffsetUs: number;
  durationUs: number | null;
  completionStartOffsetUs: number | null;
}

/** The latest moment that any of the observations tells of, in epoch milliseconds; null without any. */
export function findLastSign(observations: readonly Timed[]): number | null {
  let last: number | null = null;
  for (const each of observations) {
    const firstUs = each.completionStartOffsetUs;
    const laterUs = Math.max(each.durationUs ?? 0, firstUs === null ? 0 : firstUs - each.startOffsetUs);
    const at = Date.parse(each.startTime) + laterUs / 1000;
    if (last === null || at > last) last = at;
  }
  return last;
}

/** An event is a point in time: it never has an end, and never runs. */
export const hasNoEnd = (observation: Pick<Timed, 'type' | 'durationUs'>): boolean =>
  observation.durationUs === null && observation.type !== 'EVENT';

export function readRunState(observation: Timed, lastSignAt: number | null, nowMs: number): RunState {
  if (!hasNoEnd(observation)) return { kind: 'ended' };
  const startMs = Date.parse(observation.startTime);
  const sign = Math.max(lastSignAt ?? startMs, startMs);
  if (nowMs - sign > silenceMs) return { kind: 'silent', lastSignAt: sign };
  return { kind: 'running', elapsedMs: Math.max(0, nowMs - startMs) };
}

const soonestMs = 2_000;
const latestMs = 15_000;

/** Milliseconds until a trace is asked for again: the longer it was silent the later; false: no more. */
export const planRefresh = (observations: readonly Timed[], nowMs: number): number | false =>
  planNextLook(findLastSign(observations), nowMs);

export function planNextLook(lastSignAt: number | null, nowMs: number): number | false {
  // A clock that is far ahead is no reason to ask for ever.
  if (lastSignAt === null || Math.abs(nowMs - lastSignAt) > silenceMs) return false;
  return Math.round(Math.max(soonestMs, Math.min(latestMs, (nowMs - lastSignAt) / 8)));
}
