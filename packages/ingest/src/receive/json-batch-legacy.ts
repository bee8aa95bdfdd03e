import { randomUUID } from 'node:crypto';
import type { Microseconds } from '@tracewell/domain';
import { formatIsoTime } from '@tracewell/domain';
import { type Entity, entityIdOfEvent } from '../fold/event-types';
import { MalformedJson, readMembers } from '../fold/json-text';
import { textOf } from '../fold/merge';
import { decodeText, InvalidBatch } from './json-batch-envelope';

/** Routes that take one object; each is one event of the batch API in other words. */
export type LegacyRoute = '/traces' | '/events' | '/spans' | '/generations' | '/scores';

interface LegacyOperation {
  entity: Entity;
  eventType: string;
  /** The kind of observation, where the route says it and not the body. */
  observationType?: string;
  /** Member of the route's body → member of the event's body. */
  renames?: Record<string, string>;
  /** The member without which there is nothing to speak of. */
  requires?: string;
}

const operations: ReadonlyMap<string, LegacyOperation> = new Map<string, LegacyOperation>([
  ['POST /traces', { entity: 'trace', eventType: 'trace-create' }],
  ['POST /scores', { entity: 'score', eventType: 'score-create' }],
  ['POST /events', { ...observation('create', 'EVENT'), requires: 'id' }],
  ['POST /spans', observation('create', 'SPAN')],
  ['PATCH /spans', { ...observation('update', 'SPAN'), renames: { spanId: 'id' }, requires: 'spanId' }],
  [
    'POST /generations',
    { ...observation('create', 'GENERATION'), renames: { prompt: 'input', completion: 'output' } },
  ],
  [
    'PATCH /generations',
    {
      ...observation('update', 'GENERATION'),
      renames: { generationId: 'id', prompt: 'input', completion: 'output' },
      requires: 'generationId',
    },
  ],
]);

function observation(verb: 'create' | 'update', observationType: string): LegacyOperation {
  return { entity: 'observation', eventType: `observation-${verb}`, observationType };
}

export interface WrappedEvent {
  eventId: string;
  /** What the route answers as `{"id"}`. */
  entityId: string;
  /** A JSON batch of the one event: for `inspectJsonBatch`, and for the batch log as kind `json-batch`. */
  batch: Uint8Array;
}

export interface EventStamp {
  eventId: string;
  time: Microseconds;
}

/**
 * A single-object request as a batch of one event. Members keep the text they came with. Throws `InvalidBatch`
 * when the body is no JSON object or lacks the id it must have; `RangeError` for a route that does not exist.
 */
export function wrapLegacyBody(
  route: LegacyRoute,
  method: 'POST' | 'PATCH',
  body: Uint8Array,
  stamp: EventStamp = { eventId: randomUUID(), time: Date.now() * 1000 },
): WrappedEvent {
  const operation = operations.get(`${method} ${route}`);
  if (!operation) throw new RangeError(`there is no ${method} ${route}`);
  const members = readBody(body);
  const { requires, renames = {} } = operation;
  if (requires !== undefined && !textOf(members.get(requires))) {
    throw new InvalidBatch([`${requires}: must be text that is not empty; name what the request speaks of`]);
  }
  const event = new Map<string, string>();
  for (const [key, value] of members) {
    if (!Object.hasOwn(renames, key)) event.set(key, value);
  }
  for (const [key, value] of members) {
    if (Object.hasOwn(renames, key) && value !== 'null') event.set(renames[key]!, value);
  }
  if (operation.observationType) event.set('type', JSON.stringify(operation.observationType));
  const entityId = textOf(event.get('id')) || entityIdOfEvent(operation.entity, stamp.eventId);
  return { eventId: stamp.eventId, entityId, batch: writeBatch(operation.eventType, stamp, event) };
}

function writeBatch(type: string, stamp: EventStamp, body: ReadonlyMap<string, string>): Uint8Array {
  const head = { id: stamp.eventId, type, timestamp: formatIsoTime(stamp.time) };
  const members = [...body].map(([key, value]) => `${JSON.stringify(key)}:${value}`);
  return Buffer.from(`{"batch":[${JSON.stringify(head).slice(0, -1)},"body":{${members.join(',')}}}]}`);
}

function readBody(body: Uint8Array): Map<string, string> {
  const text = decodeText(body);
  try {
    JSON.parse(text);
    return readMembers(text);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof MalformedJson)) throw error;
    throw new InvalidBatch([`body: must be one JSON object: ${error.message.slice(0, 200)}`]);
  }
}
