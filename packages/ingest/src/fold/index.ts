import type { Observation, Score, TraceRecord } from '@tracewell/domain';
import type { StoredEvent } from '../decode/json-batch';
import type { Entity } from './event-types';
import { foldObservation } from './observation';
import { foldScore } from './score';
import { foldTrace } from './trace';

export type FoldedEntity =
  | { kind: 'observation'; observation: Observation }
  | { kind: 'trace'; trace: TraceRecord }
  | { kind: 'score'; score: Score };

/**
 * The entity that a set of events speaks of. Pure, and a function of the set: order, duplicates and how the
 * events were spread over batches change nothing. All events must be of this entity. Throws `RangeError` for
 * an empty set.
 */
export function foldEntity(entity: Entity, entityId: string, events: Iterable<StoredEvent>): FoldedEntity {
  switch (entity) {
    case 'observation':
      return { kind: 'observation', observation: foldObservation(entityId, events) };
    case 'trace':
      return { kind: 'trace', trace: foldTrace(entityId, events) };
    case 'score':
      return { kind: 'score', score: foldScore(entityId, events) };
  }
}
