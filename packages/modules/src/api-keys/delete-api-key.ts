import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import type { KeyLookup } from './key-lookup';
import { deleteKey } from './store';

/** Revokes a key of the project: refused here at once, in every other process within five seconds. */
export async function deleteApiKey(
  deps: { relational: Pick<Relational, 'db'>; keyLookup: Pick<KeyLookup, 'clear'> },
  access: ProjectAccess,
  apiKeyId: string,
): Promise<{ success: true }> {
  requireScope(access, 'api-keys:delete');
  await deps.relational.db.transaction(async (transaction) => {
    const deleted = await deleteKey(transaction, access.projectId, apiKeyId);
    if (!deleted) throw new ApiError('not_found', `This project has no API key ${apiKeyId}.`);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId: access.projectId,
      action: 'api-keys.delete',
      resourceType: 'api-key',
      resourceId: apiKeyId,
      before: { publicKey: deleted.publicKey, note: deleted.note },
    });
  });
  deps.keyLookup.clear();
  return { success: true };
}
