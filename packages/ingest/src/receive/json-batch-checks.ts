import { isStorableTime, parseIsoTime } from '@tracewell/domain';
import { isWellFormed } from '../fold/json-text';

/** Checks of single fields, each of which says the path, the rule and the fix. Characters are UTF-16 units. */
export const maxIdChars = 800;
export const maxTraceNameChars = 1_000;
/** Names, users, sessions, versions, models. */
export const maxLabelChars = 10_000;
/** Status messages and comments. */
export const maxProseChars = 1_000_000;
export const maxTags = 1_000;
export const maxTagChars = 1_000;
/** Top-level keys of metadata, usage, costs and model parameters. */
export const maxMapKeys = 10_000;
export const maxMapKeyChars = 1_000;
/** An answer names the first faults of an event; the rest shows when those are mended. */
export const maxIssuesPerEvent = 10;

export type Body = Record<string, unknown>;

export class Issues {
  readonly found: string[] = [];
  constructor(private readonly prefix: string) {}

  add(path: string, rule: string): void {
    if (this.found.length < maxIssuesPerEvent) this.found.push(`${this.prefix}${path}: ${rule}`);
  }
}

export const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

/** A value as it is shown in a fault: short, and of its own kind. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  return value === undefined ? 'missing' : String(value);
}

const shortPath = (key: string) => (key.length > 40 ? `${key.slice(0, 40)}…` : key);

export function checkText(issues: Issues, path: string, value: unknown, maxChars: number): void {
  if (isAbsent(value)) return;
  if (typeof value !== 'string') issues.add(path, `must be text, is ${show(value)}`);
  else if (value.length > maxChars) {
    issues.add(path, `must have at most ${maxChars} characters, has ${value.length}; shorten it`);
  } else if (!isWellFormed(value)) {
    issues.add(path, 'holds half a surrogate pair, which UTF-8 cannot carry; cut text between characters');
  }
}

/** Ids are compared and joined: whatever a store might read as another id is refused. */
export function checkId(issues: Issues, path: string, value: unknown): void {
  checkText(issues, path, value, maxIdChars);
  if (typeof value === 'string' && value.includes('\0')) {
    issues.add(path, 'must not hold the character NUL; remove it');
  }
}

export function checkTime(issues: Issues, path: string, value: unknown): void {
  if (isAbsent(value)) return;
  const time = typeof value === 'string' ? parseIsoTime(value) : null;
  if (time === null) {
    const rule = 'must be an ISO 8601 time with offset, such as 2026-01-31T12:00:00.000Z';
    issues.add(path, `${rule}, is ${show(value)}`);
  } else if (!isStorableTime(time)) {
    issues.add(
      path,
      `must lie between the years 1990 and 2200, is ${show(value)}; check the unit and the clock`,
    );
  }
}

export function checkOneOf(issues: Issues, path: string, value: unknown, known: readonly string[]): void {
  if (isAbsent(value) || known.includes(value as string)) return;
  issues.add(path, `must be one of ${known.join(', ')}, is ${show(value)}`);
}

export function checkBoolean(issues: Issues, path: string, value: unknown): void {
  if (!isAbsent(value) && typeof value !== 'boolean')
    issues.add(path, `must be true or false, is ${show(value)}`);
}

export function checkTags(issues: Issues, path: string, value: unknown): void {
  if (isAbsent(value)) return;
  if (!Array.isArray(value)) {
    issues.add(path, `must be an array of text, is ${show(value)}`);
  } else if (value.length > maxTags) {
    issues.add(path, `must hold at most ${maxTags} tags, holds ${value.length}; drop some`);
  } else {
    value.forEach((tag: unknown, i) => {
      if (isAbsent(tag)) issues.add(`${path}.${i}`, `must be text, is ${show(tag)}`);
      checkText(issues, `${path}.${i}`, tag, maxTagChars);
    });
  }
}

/** Metadata may be anything; the keys of an object become the keys of a map. */
export function checkMetadata(issues: Issues, path: string, value: unknown): void {
  if (isObject(value)) checkKeys(issues, path, value);
}

/** Answers false when the value is no object to look into. */
export function checkMap(issues: Issues, path: string, value: unknown): value is Body {
  if (isAbsent(value)) return false;
  if (isObject(value)) {
    checkKeys(issues, path, value);
    return true;
  }
  issues.add(path, `must be an object, is ${show(value)}`);
  return false;
}

function checkKeys(issues: Issues, path: string, map: Body): void {
  const keys = Object.keys(map);
  if (keys.length > maxMapKeys) {
    issues.add(path, `must have at most ${maxMapKeys} keys, has ${keys.length}; nest or drop some`);
  } else {
    for (const key of keys) checkText(issues, `${path} key ${show(key)}`, key, maxMapKeyChars);
  }
}

/** Integers that a double cannot hold would be changed. */
export function checkSafe(issues: Issues, path: string, value: number): void {
  if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return;
  issues.add(shortPath(path), `must lie within ±${Number.MAX_SAFE_INTEGER}, or it would be changed`);
}
