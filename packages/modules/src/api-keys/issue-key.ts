import { randomUUID } from 'node:crypto';
import { ApiError } from '@tracewell/contract';
import type { Actor } from '../access/index';
import { recordChange } from '../audit-log/index';
import { checkKeyPair, createKeyPair, displaySecret, hashSecret, type KeyPair } from './api-key';
import { type ApiKeyRow, insertKey, type KeyOwner, type Transaction } from './store';

export interface KeyOrder {
  owner: KeyOwner;
  /** Of the owner, or the owner itself. */
  organizationId: string;
  actor: Actor;
  salt: string;
  note?: string | null | undefined;
  /** One is made when none is given. */
  pair?: KeyPair | undefined;
  expiresAt?: Date | null | undefined;
}

/**
 * Makes a key and says so in the audit log. Throws `invalid_request` for a pair that has not the form of one or
 * a time that is over, `conflict` when one half of it is in use.
 */
export async function issueKey(
  transaction: Transaction,
  order: KeyOrder,
): Promise<{ row: ApiKeyRow; secretKey: string }> {
  const { owner, organizationId, actor, expiresAt = null } = order;
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw new ApiError(
      'invalid_request',
      `expiresAt ${expiresAt.toISOString()} is over: the key would never work. Give a time to come, or none.`,
    );
  }
  const pair = order.pair ?? createKeyPair();
  checkKeyPair(pair);
  const row = await insertKey(transaction, {
    id: randomUUID(),
    scope: 'projectId' in owner ? 'PROJECT' : 'ORGANIZATION',
    ...owner,
    publicKey: pair.publicKey,
    fastHashedSecretKey: hashSecret(pair.secretKey, order.salt),
    displaySecretKey: displaySecret(pair.secretKey),
    note: order.note ?? null,
    createdByUserId: actor.kind === 'user' ? actor.id : null,
    expiresAt,
  });
  if (!row) {
    throw new ApiError(
      'conflict',
      `A key with the publicKey ${pair.publicKey} or with this secretKey already exists. Give another pair, or none to have one made.`,
    );
  }
  await recordChange(transaction, {
    actor,
    organizationId,
    projectId: 'projectId' in owner ? owner.projectId : null,
    action: 'api-keys.create',
    resourceType: 'api-key',
    resourceId: row.id,
    after: {
      publicKey: row.publicKey,
      note: row.note,
      ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    },
  });
  return { row, secretKey: pair.secretKey };
}
