import { randomUUID } from 'node:crypto';
import { ApiError } from '@tracewell/contract';
import { checkKeyPair, displaySecret, hashSecret, type KeyPair } from './api-key';
import { type Transaction, upsertProjectKey } from './store';

/**
 * Makes this pair a key of the project, whether or not it exists: the same pair can be ensured at every start.
 * Throws `invalid_request` when the pair is malformed, `conflict` when its public half is another project's.
 */
export async function ensureProjectKey(
  transaction: Transaction,
  key: KeyPair & { projectId: string; salt: string; note?: string },
): Promise<void> {
  checkKeyPair(key);
  const ensured = await upsertProjectKey(transaction, {
    id: randomUUID(),
    scope: 'PROJECT',
    projectId: key.projectId,
    publicKey: key.publicKey,
    fastHashedSecretKey: hashSecret(key.secretKey, key.salt),
    displaySecretKey: displaySecret(key.secretKey),
    note: key.note ?? null,
  });
  if (!ensured) {
    throw new ApiError(
      'conflict',
      `The public key ${key.publicKey} is already in use by another project. Give another pair.`,
    );
  }
}
