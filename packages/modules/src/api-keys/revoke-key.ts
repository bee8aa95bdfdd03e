import { ApiError } from '@tracewell/contract';
import type { Actor } from '../access/index';
import { recordChange } from '../audit-log/index';
import { deleteKey, type KeyOwner, type Transaction } from './store';

/** Deletes a key and says so in the audit log. Throws `not_found` unless it is the owner's. */
export async function revokeKey(
  transaction: Transaction,
  key: { owner: KeyOwner; organizationId: string; actor: Actor; apiKeyId: string },
): Promise<void> {
  const { owner, organizationId, actor, apiKeyId } = key;
  const deleted = await deleteKey(transaction, owner, apiKeyId);
  if (!deleted) {
    const noun = 'projectId' in owner ? 'project' : 'organization';
    throw new ApiError('not_found', `API key not found: this ${noun} has no API key ${apiKeyId}.`);
  }
  await recordChange(transaction, {
    actor,
    organizationId,
    projectId: 'projectId' in owner ? owner.projectId : null,
    action: 'api-keys.delete',
    resourceType: 'api-key',
    resourceId: apiKeyId,
    before: { publicKey: deleted.publicKey, note: deleted.note },
  });
}
