import { randomUUID } from 'node:crypto';
import type { Actor } from '../access/index';
import { insertEntry, type Writer } from './store';

export interface Change {
  actor: Actor;
  organizationId: string | null;
  projectId: string | null;
  /** `api-keys.create`: the module and its verb. */
  action: string;
  resourceType: string;
  resourceId: string;
  /** Never a secret. */
  before?: unknown;
  after?: unknown;
}

/** Writes who changed what, in the transaction of the change: both are there or neither. */
export const recordChange = (transaction: Writer, change: Change): Promise<void> =>
  insertEntry(transaction, {
    id: randomUUID(),
    organizationId: change.organizationId,
    projectId: change.projectId,
    actorKind: change.actor.kind,
    actorId: change.actor.id,
    action: change.action,
    resourceType: change.resourceType,
    resourceId: change.resourceId,
    before: change.before ?? null,
    after: change.after ?? null,
  });
