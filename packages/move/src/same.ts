import { isDeepStrictEqual } from 'node:util';
import { normaliseEnvironment } from '@tracewell/domain';

/** How two servers say the same: by field, as far as a project can tell them apart. */

/** Absent, null and an empty text or map are one. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => [key, plain(member)] as const);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

export const isSame = (there: unknown, here: unknown): boolean =>
  isDeepStrictEqual(plain(there), plain(here));

/** To the millisecond: the precision that every server writes. */
const isSameTime = (there: unknown, here: unknown): boolean =>
  isSame(there, here) || Date.parse(String(there)) === Date.parse(String(here));

const isSameSet = (there: unknown, here: unknown): boolean =>
  isSame([...((there ?? []) as string[])].sort(), [...((here ?? []) as string[])].sort());

/** Names that only the server itself may give lose their prefix when a client sends them. */
const isSameEnvironment = (there: unknown, here: unknown): boolean =>
  isSame(normaliseEnvironment(there), normaliseEnvironment(here));

const kinds = { value: isSame, time: isSameTime, set: isSameSet, environment: isSameEnvironment };
export type Fields = Readonly<Record<string, keyof typeof kinds>>;

/** Names of the fields that differ. */
export function findDifferences(fields: Fields, there: object, here: object): string[] {
  const [left, right] = [there as Record<string, unknown>, here as Record<string, unknown>];
  return Object.entries(fields)
    .filter(([field, kind]) => !kinds[kind](left[field], right[field]))
    .map(([field]) => field);
}
