import type { Microseconds } from '../observation';
import { parseIsoTime } from '../time';
import type { FieldKind } from './fields';

/** Values as people type them. Each gives null for what is none. */

const secondsOf: Record<string, number> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};
const scaleOf: Record<string, number> = { k: 1e3, m: 1e6, b: 1e9 };
const plainNumber = /^-?(?:\d{1,25}(?:\.\d{1,25})?|\.\d{1,25})(?:e[+-]?\d{1,3})?$/i;

/** `2`, `2s`, `300ms`, `1.5m`: seconds. */
function parseDuration(text: string): number | null {
  const match = /^(.*?)(us|ms|s|m|h|d|w)?$/i.exec(text);
  const value = numberFrom(match?.[1] ?? '');
  return value === null ? null : value * secondsOf[(match?.[2] ?? 's').toLowerCase()]!;
}

/** `12`, `10k`, `1.5M`. */
function parseCount(text: string): number | null {
  const match = /^(.*?)([kmb])?$/i.exec(text);
  const value = numberFrom(match?.[1] ?? '');
  return value === null ? null : value * (match?.[2] ? scaleOf[match[2].toLowerCase()]! : 1);
}

const numberFrom = (text: string): number | null => (plainNumber.test(text) ? Number(text) : null);

/** Of a kind that is compared by size, in its unit. */
export function parseAmount(kind: FieldKind, text: string): number | null {
  if (kind === 'duration') return parseDuration(text);
  if (kind === 'money') return parseCount(text.startsWith('$') ? text.slice(1) : text);
  return parseCount(text);
}

const dayUs = 86_400_000_000;

/** A moment, or a whole day: from the first on, up to the second. */
export function parseTimeSpan(
  text: string,
  now: Microseconds,
): { from: Microseconds; to: Microseconds } | null {
  const today = Math.floor(now / dayUs) * dayUs;
  switch (text.toLowerCase()) {
    case 'now':
      return { from: now, to: now };
    case 'today':
      return { from: today, to: today + dayUs };
    case 'yesterday':
      return { from: today - dayUs, to: today };
  }
  const ago = /^(\d{1,6})(s|m|h|d|w)$/i.exec(text);
  if (ago) {
    const moment = now - Number(ago[1]) * secondsOf[ago[2]!.toLowerCase()]! * 1e6;
    return { from: moment, to: moment };
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const day = parseIsoTime(`${text}T00:00:00Z`);
    return day === null ? null : { from: day, to: day + dayUs };
  }
  const moment = parseIsoTime(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10)) ? text : `${text}Z`);
  return moment === null ? null : { from: moment, to: moment };
}

/** An example of a value of a kind, for messages. */
export const exampleOfKind: Record<FieldKind, string> = {
  text: 'value or va*',
  list: 'value or va*',
  payload: '"some words"',
  number: '>10, 10..20 or 10k',
  duration: '>2s, 300ms or 1m..5m',
  money: '>$0.01 or 0.1..0.5',
  time: '>yesterday, >25m (ago) or 2026-01-31',
  flag: 'true or false',
  map: 'value or va*',
  score: '>0.5, good or true',
};
