import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import type { KeyLookup } from './key-lookup';
import { revokeKey } from './revoke-key';

/** Revokes a key of the project: refused here at once, in every other process within five seconds. */
export async function deleteApiKey(
  deps: { relational: Pick<Relational, 'db'>; keyLookup: Pick<KeyLookup, 'clear'> },
  access: ProjectAccess,
  apiKeyId: string,
): Promise<{ success: true }> {
  requireScope(access, 'api-keys:delete');
  const { projectId, organizationId, actor } = access;
  await deps.relational.db.transaction((transaction) =>
    revokeKey(transaction, { owner: { projectId }, organizationId, actor, apiKeyId }),
  );
  deps.keyLookup.clear();
  return { success: true };
}
