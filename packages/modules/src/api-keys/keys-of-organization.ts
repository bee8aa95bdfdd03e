import type { ApiKeySummary, CreatedApiKey } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type AdminAccess, type OrganizationAccess, requireScope } from '../access/index';
import { requireOrganization } from '../organizations/index';
import { issueKey } from './issue-key';
import type { KeyLookup } from './key-lookup';
import { type CreateKeyBody, describeCreatedKey, readKeyBody, summarizeKey } from './key-wire';
import { revokeKey } from './revoke-key';
import { listKeysOf } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** The keys of the caller's own organization, newest first. */
export async function listOwnKeys(
  { relational }: Deps,
  access: OrganizationAccess,
): Promise<{ apiKeys: ApiKeySummary[] }> {
  requireScope(access, 'organization-api-keys:read');
  const { organizationId } = access;
  return { apiKeys: (await listKeysOf(relational.db, { organizationId })).map(summarizeKey) };
}

/** The keys of any organization, for the admin of the installation. Throws `not_found`. */
export async function listKeysOfOrganization(
  { relational }: Deps,
  access: AdminAccess,
  organizationId: string,
): Promise<{ apiKeys: ApiKeySummary[] }> {
  requireScope(access, 'instance:administer');
  await requireOrganization(relational.db, organizationId);
  return { apiKeys: (await listKeysOf(relational.db, { organizationId })).map(summarizeKey) };
}

/** Throws `not_found`, and what `issueKey` throws. */
export async function createKeyOfOrganization(
  deps: Deps & { salt: string; keyLookup: Pick<KeyLookup, 'clear'> },
  access: AdminAccess,
  organizationId: string,
  body: CreateKeyBody,
): Promise<CreatedApiKey> {
  requireScope(access, 'instance:administer');
  const { row, secretKey } = await deps.relational.db.transaction(async (transaction) => {
    await requireOrganization(transaction, organizationId, 'update');
    return issueKey(transaction, {
      owner: { organizationId },
      organizationId,
      actor: access.actor,
      salt: deps.salt,
      ...readKeyBody(body),
    });
  });
  // It may have been asked for, and found missing, a moment ago.
  deps.keyLookup.clear();
  return describeCreatedKey(row, secretKey);
}

/** Refused here at once, in every other process within five seconds. Throws `not_found`. */
export async function deleteKeyOfOrganization(
  deps: Deps & { keyLookup: Pick<KeyLookup, 'clear'> },
  access: AdminAccess,
  { organizationId, apiKeyId }: { organizationId: string; apiKeyId: string },
): Promise<{ success: true }> {
  requireScope(access, 'instance:administer');
  await deps.relational.db.transaction(async (transaction) => {
    await requireOrganization(transaction, organizationId);
    const owner = { organizationId };
    await revokeKey(transaction, { owner, organizationId, actor: access.actor, apiKeyId });
  });
  deps.keyLookup.clear();
  return { success: true };
}
