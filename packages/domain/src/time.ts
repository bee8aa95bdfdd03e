import type { Microseconds } from './observation';

/** ISO 8601 with offset or `Z`, any precision, to microseconds; null when it is no such text. */
export function parseIsoTime(text: string): Microseconds | null {
  const match = /^(\d{4}-\d{2}-(\d{2})[T ]\d{2}:\d{2}(?::\d{2})?)(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2})$/.exec(
    text,
  );
  if (!match) return null;
  const [, clock, day, decimals = '', offset] = match;
  const local = clock!.replace(' ', 'T');
  const seconds = Date.parse(`${local}${offset}`);
  // A day its month does not have is no time; JavaScript would take it for one of the next month.
  if (Number.isNaN(seconds) || new Date(`${local}Z`).getUTCDate() !== Number(day)) return null;
  const fraction = decimals.slice(0, 6).padEnd(6, '0');
  return seconds * 1000 + Number(fraction);
}

/** Microseconds to ISO 8601 UTC with milliseconds, as the wire shows every time. */
export const formatIsoTime = (time: Microseconds): string => new Date(Math.floor(time / 1000)).toISOString();

/** Times outside are a client's mistake (a zero clock, seconds sent as nanoseconds) and are refused at the door. */
export const earliestTime: Microseconds = Date.UTC(1990, 0, 1) * 1000;
export const latestTime: Microseconds = Date.UTC(2200, 0, 1) * 1000;
export const isStorableTime = (time: Microseconds): boolean => time >= earliestTime && time < latestTime;
