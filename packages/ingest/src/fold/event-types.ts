import { createHash } from 'node:crypto';
import type { ObservationType } from '@tracewell/domain';

export type Entity = 'trace' | 'observation' | 'score';

export interface EventType {
  /** null: a message of the client about itself, kept nowhere. */
  entity: Entity | null;
  isUpdate: boolean;
  /** null: not an observation, or the body says it. */
  observationType: ObservationType | null;
  /** Whether the body may leave its `id` out. */
  idOptional: boolean;
}

const observation = (type: ObservationType | null, isUpdate = false): EventType => ({
  entity: 'observation',
  isUpdate,
  observationType: type,
  idOptional: type === null && !isUpdate,
});
const whole = (entity: Entity | null): EventType => ({
  entity,
  isUpdate: false,
  observationType: null,
  idOptional: true,
});

/** Every type of event a client may send. A Map, as the type is the client's and may be `constructor`. */
export const eventTypes: ReadonlyMap<string, EventType> = new Map([
  ['trace-create', whole('trace')],
  ['score-create', whole('score')],
  ['sdk-log', whole(null)],
  ['event-create', observation('EVENT')],
  ['span-create', observation('SPAN')],
  ['span-update', observation('SPAN', true)],
  ['generation-create', observation('GENERATION')],
  ['generation-update', observation('GENERATION', true)],
  ['agent-create', observation('AGENT')],
  ['tool-create', observation('TOOL')],
  ['chain-create', observation('CHAIN')],
  ['retriever-create', observation('RETRIEVER')],
  ['evaluator-create', observation('EVALUATOR')],
  ['embedding-create', observation('EMBEDDING')],
  ['guardrail-create', observation('GUARDRAIL')],
  ['observation-create', observation(null)],
  ['observation-update', observation(null, true)],
]);

/** The id of an entity whose event names none: from the event id, so that a retry speaks of the same entity. */
export const entityIdOfEvent = (entity: Entity, eventId: string): string =>
  derivedId(`${entity} of event`, eventId);

/** The trace of an observation that names none: always the same, and no other observation's. */
export const traceIdOfObservation = (observationId: string): string =>
  derivedId('trace of observation', observationId);

const derivedId = (purpose: string, id: string) =>
  createHash('sha256').update(`${purpose}\0${id}`).digest('hex').slice(0, 32);
