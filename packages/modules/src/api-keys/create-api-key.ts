import { randomUUID } from 'node:crypto';
import type { createApiKeyBody, createApiKeyResponse } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import type { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { createKeyPair, displaySecret, hashSecret } from './api-key';
import { describeKey } from './list-api-keys';
import { insertKey } from './store';

/** A new key of the project; the answer holds its secret, which is kept nowhere. */
export async function createApiKey(
  deps: { relational: Pick<Relational, 'db'>; salt: string },
  access: ProjectAccess,
  body: z.output<typeof createApiKeyBody>,
): Promise<z.output<typeof createApiKeyResponse>> {
  requireScope(access, 'api-keys:create');
  const pair = createKeyPair();
  const row = await deps.relational.db.transaction(async (transaction) => {
    const inserted = await insertKey(transaction, {
      id: randomUUID(),
      scope: 'PROJECT',
      projectId: access.projectId,
      publicKey: pair.publicKey,
      fastHashedSecretKey: hashSecret(pair.secretKey, deps.salt),
      displaySecretKey: displaySecret(pair.secretKey),
      note: body.note ?? null,
      createdByUserId: access.actor.kind === 'user' ? access.actor.id : null,
    });
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId: access.projectId,
      action: 'api-keys.create',
      resourceType: 'api-key',
      resourceId: inserted.id,
      after: { publicKey: inserted.publicKey, note: inserted.note },
    });
    return inserted;
  });
  return { ...describeKey(row), secretKey: pair.secretKey };
}
