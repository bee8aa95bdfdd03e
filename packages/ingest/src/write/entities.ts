import type { Microseconds } from '@tracewell/domain';
import type { StoredEvent } from '../decode/json-batch';
import { type FoldedEntity, foldEntity } from '../fold';

/** What events of the JSON batch API speak of, by which key it is known, and what a set of its events comes to. */

export interface ReceivedEvent extends StoredEvent {
  projectId: string;
  apiKey: string;
  sdkName: string;
  sdkVersion: string;
  receivedAt: Microseconds;
  batchKey: string;
}

type Entity = StoredEvent['entity'];
export interface EntityKey {
  projectId: string;
  entity: Entity;
  entityId: string;
}
export const keyOf = (e: EntityKey) => `${e.entity}\n${e.projectId}\n${e.entityId}`;
export const identityOf = (e: StoredEvent) => `${e.eventId}\n${e.bodyHash}`;

export interface Fold {
  key: EntityKey;
  events: ReceivedEvent[];
  folded: FoldedEntity;
  /** '' for a score of something else than a trace. */
  traceId: string;
  /** What the row is sorted by. */
  time: Microseconds;
}

export function foldEvents(key: EntityKey, events: ReceivedEvent[]): Fold {
  const folded = foldEntity(key.entity, key.entityId, events);
  switch (folded.kind) {
    case 'observation':
      return { key, events, folded, traceId: folded.observation.traceId, time: folded.observation.startTime };
    case 'trace':
      return { key, events, folded, traceId: key.entityId, time: folded.trace.timestamp };
    case 'score':
      return { key, events, folded, traceId: folded.score.traceId, time: folded.score.timestamp };
  }
}

/** Ids in one lookup. */
const maxLookupIds = 2_000;

/** The ids of each kind and project, as many as one statement takes. */
export function* lookups(
  keys: readonly EntityKey[],
): Generator<{ projectId: string; entity: Entity; entityIds: string[] }> {
  const groups = new Map<string, { projectId: string; entity: Entity; entityIds: string[] }>();
  for (const { projectId, entity, entityId } of keys) {
    const name = `${entity}\n${projectId}`;
    const group = groups.get(name) ?? { projectId, entity, entityIds: [] };
    group.entityIds.push(entityId);
    groups.set(name, group);
  }
  for (const { projectId, entity, entityIds } of groups.values()) {
    for (let at = 0; at < entityIds.length; at += maxLookupIds) {
      yield { projectId, entity, entityIds: entityIds.slice(at, at + maxLookupIds) };
    }
  }
}

export const least = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b));
export const greatest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b));
