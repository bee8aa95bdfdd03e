import { type Microseconds, normaliseEnvironment, parseIsoTime } from '@tracewell/domain';
import type { StoredEvent } from '../decode/json-batch';
import { eventTypes } from './event-types';
import { contentText, readMembers, startsString } from './json-text';

/**
 * The rules by which the events of one entity become one value per field. All of them are functions of the
 * ordered set, and the order is a function of the set: nothing here knows when or how often an event arrived.
 */

export interface FoldEvent {
  eventType: string;
  isUpdate: boolean;
  timestamp: Microseconds;
  /** The members of the body, as the text they were sent as. */
  body: ReadonlyMap<string, string>;
}
export type FoldEvents = readonly FoldEvent[];

/**
 * Duplicates collapse, then: the first create, and after it the rest by time. Clients stamp a create with the
 * time it leaves their queue and not with the time of the call, so it is often a few milliseconds younger than
 * its updates; but nothing can be updated before it is created. Equal times are ordered by creates before
 * updates, then by the time the body itself tells (`timeKey`), then by id and hash.
 */
export function orderEvents(events: Iterable<StoredEvent>, timeKey: 'timestamp' | 'endTime'): FoldEvents {
  const distinct = new Map<string, SortableEvent>();
  for (const event of events) {
    const identity = `${event.bodyHash} ${event.eventId}`;
    if (!distinct.has(identity)) distinct.set(identity, sortable(event, timeKey));
  }
  const ordered = [...distinct.values()].sort(compareEvents);
  if (ordered.length === 0) throw new RangeError('an entity without events cannot be folded');
  const firstCreate = ordered.findIndex(({ isUpdate }) => !isUpdate);
  if (firstCreate > 0) ordered.unshift(...ordered.splice(firstCreate, 1));
  return ordered;
}

interface SortableEvent extends FoldEvent {
  bodyTime: Microseconds;
  eventId: string;
  bodyHash: string;
}

function sortable(event: StoredEvent, timeKey: string): SortableEvent {
  const body = readMembers(event.body);
  return {
    eventType: event.eventType,
    isUpdate: eventTypes.get(event.eventType)?.isUpdate ?? false,
    timestamp: event.timestamp,
    body,
    bodyTime: timeOf(body.get(timeKey)) ?? 0,
    eventId: event.eventId,
    bodyHash: event.bodyHash,
  };
}

function compareEvents(a: SortableEvent, b: SortableEvent): number {
  return (
    a.timestamp - b.timestamp ||
    Number(a.isUpdate) - Number(b.isUpdate) ||
    a.bodyTime - b.bodyTime ||
    compareText(a.eventId, b.eventId) ||
    compareText(a.bodyHash, b.bodyHash)
  );
}

/** By code unit: the same on every machine, whatever its locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first text that is not empty; '' when none is. */
export function firstText(events: FoldEvents, key: string): string {
  for (const { body } of events) {
    const text = textOf(body.get(key));
    if (text) return text;
  }
  return '';
}

/** The last text. An explicit null empties the field, or says nothing, as the field has it. */
export function lastText(events: FoldEvents, key: string, onNull: 'empties' | 'ignored'): string {
  for (let i = events.length - 1; i >= 0; i--) {
    const value = events[i]!.body.get(key);
    if (value === 'null' && onNull === 'empties') return '';
    const text = textOf(value);
    if (text !== null) return text;
  }
  return '';
}

export function firstTime(events: FoldEvents, key: string): Microseconds | null {
  for (const { body } of events) {
    const time = timeOf(body.get(key));
    if (time !== null) return time;
  }
  return null;
}

export function lastTime(events: FoldEvents, key: string): Microseconds | null {
  for (let i = events.length - 1; i >= 0; i--) {
    const time = timeOf(events[i]!.body.get(key));
    if (time !== null) return time;
  }
  return null;
}

export const earliestTimestamp = (events: FoldEvents): Microseconds =>
  events.reduce((earliest, { timestamp }) => Math.min(earliest, timestamp), Number.POSITIVE_INFINITY);

/** The environment of the first event that names one. */
export function firstEnvironment(events: FoldEvents): string {
  for (const { body } of events) {
    const name = textOf(body.get('environment'));
    if (name !== null) return normaliseEnvironment(name);
  }
  return normaliseEnvironment(undefined);
}

/**
 * Input or output: the last that is something. An empty text, a zero or a false never hides an earlier value;
 * but where nothing else was ever said, a false or a zero is the value (a function may well return it).
 */
export function lastContent(events: FoldEvents, key: 'input' | 'output'): string {
  let slight: string | undefined;
  for (let i = events.length - 1; i >= 0; i--) {
    const value = events[i]!.body.get(key);
    if (value === undefined || value === 'null') continue;
    if (!isSlight(value)) return contentText(value);
    slight ??= value;
  }
  return slight === undefined ? '' : contentText(slight);
}

const isSlight = (json: string) => json === '""' || json === 'false' || /^-?0(?:\.0+)?(?:[eE]|$)/.test(json);

/** What `read` makes of the last event it makes something of. */
export function lastOf<T>(events: FoldEvents, read: (body: FoldEvent['body']) => T | null): T | null {
  for (let i = events.length - 1; i >= 0; i--) {
    const value = read(events[i]!.body);
    if (value !== null) return value;
  }
  return null;
}

/** null when the value is absent or no text. */
export const textOf = (json: string | undefined): string | null =>
  json !== undefined && startsString(json) ? (JSON.parse(json) as string) : null;

/** null when the value is absent or no time. */
function timeOf(json: string | undefined): Microseconds | null {
  const text = textOf(json);
  return text === null ? null : parseIsoTime(text);
}
