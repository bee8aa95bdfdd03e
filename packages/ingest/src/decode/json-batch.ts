import { hash } from 'node:crypto';
import { type Microseconds, parseIsoTime } from '@tracewell/domain';
import { type Entity, entityIdOfEvent, eventTypes } from '../fold/event-types';
import { MalformedJson, readMembers, skipBlank } from '../fold/json-text';
import { type EventSpan, isTooDeep, maxDepth, readEnvelope } from '../receive/json-batch-envelope';

/** An event of the JSON batch API as it is kept and folded. */
export interface StoredEvent {
  entity: Entity;
  /** The body's own id; where it has none, one that follows from the event id. */
  entityId: string;
  eventId: string;
  eventType: string;
  timestamp: Microseconds;
  /** The JSON text of the body, character for character as it came. */
  body: string;
  /** Over type, time and body: under one event id, equal hashes mean equal events. 32 hex digits. */
  bodyHash: string;
}

export interface RejectedEvent {
  /** Position in the batch. */
  index: number;
  reason: string;
}

/** A stored batch holds events that were acknowledged and that this version cannot read. */
export class UndecodableEvents extends Error {
  override readonly name = 'UndecodableEvents';
  constructor(readonly rejected: readonly RejectedEvent[]) {
    super(rejected.map(({ index, reason }) => `event ${index}: ${reason}`).join('; '));
  }
}

/**
 * The acknowledged events of a stored batch; `rejected` are the positions that the door refused. Throws
 * `InvalidBatch` when the body is no batch, and `UndecodableEvents` when any acknowledged event is none.
 */
export function decodeJsonBatch(
  body: Uint8Array,
  rejected: readonly number[],
  scoresOnly: boolean,
): StoredEvent[] {
  const decoded = decodeEvents(body, rejected, scoresOnly);
  if (decoded.rejected.length > 0) throw new UndecodableEvents(decoded.rejected);
  return decoded.events;
}

/** As `decodeJsonBatch`, but answers for events that cannot be read beside those that can. */
export function decodeEvents(
  body: Uint8Array,
  rejected: readonly number[],
  scoresOnly: boolean,
): { events: StoredEvent[]; rejected: RejectedEvent[] } {
  const { text, events: spans } = readEnvelope(body);
  const refused = new Set(rejected);
  const events: StoredEvent[] = [];
  const undecodable: RejectedEvent[] = [];
  spans.forEach((span, index) => {
    if (refused.has(index)) return;
    const event = decodeEvent(text, span);
    if (typeof event === 'string') undecodable.push({ index, reason: event });
    else if (event !== null && !(scoresOnly && event.entity !== 'score')) events.push(event);
  });
  return { events, rejected: undecodable };
}

/** null: of no entity. Text: why it cannot be read. */
function decodeEvent(text: string, span: EventSpan): StoredEvent | string | null {
  if (isTooDeep(span)) return `is nested deeper than ${maxDepth} levels`;
  const json = text.slice(span.start, span.end);
  let event: { id?: unknown; type?: unknown; timestamp?: unknown; body?: { id?: unknown } | null } | null;
  let body: string | undefined;
  try {
    event = JSON.parse(json) as typeof event;
    body = readMembers(json, skipBlank(json, 0)).get('body');
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof MalformedJson)) throw error;
    return `is not valid JSON: ${error.message.slice(0, 200)}`;
  }
  const eventType = typeof event?.type === 'string' ? event.type : '';
  const type = eventTypes.get(eventType);
  if (!type) return 'has no known type';
  if (type.entity === null) return null;
  const timestamp = typeof event?.timestamp === 'string' ? parseIsoTime(event.timestamp) : null;
  if (typeof event?.id !== 'string' || timestamp === null || body === undefined || !body.startsWith('{')) {
    return 'lacks an id, a timestamp or a body';
  }
  const ownId = event.body?.id;
  return {
    entity: type.entity,
    entityId: typeof ownId === 'string' && ownId !== '' ? ownId : entityIdOfEvent(type.entity, event.id),
    eventId: event.id,
    eventType,
    timestamp,
    body,
    bodyHash: hash('sha256', `${eventType}\0${timestamp}\0${body}`, 'hex').slice(0, 32),
  };
}
