import type { ApiKeySummary, CreatedApiKey } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type OrganizationAccess, requireScope } from '../access/index';
import { requireProject } from '../organizations/index';
import { issueKey } from './issue-key';
import type { KeyLookup } from './key-lookup';
import { type CreateKeyBody, describeCreatedKey, readKeyBody, summarizeKey } from './key-wire';
import { revokeKey } from './revoke-key';
import { listKeysOf } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** The keys of a project of the organization, newest first. Throws `not_found`. */
export async function listKeysOfProject(
  { relational: { db } }: Deps,
  access: OrganizationAccess,
  projectId: string,
): Promise<{ apiKeys: ApiKeySummary[] }> {
  requireScope(access, 'project-api-keys:read');
  await requireProject(db, access, projectId);
  return { apiKeys: (await listKeysOf(db, { projectId })).map(summarizeKey) };
}

/** A new key of a project of the organization. Throws `not_found`, and what `issueKey` throws. */
export async function createKeyOfProject(
  deps: Deps & { salt: string; keyLookup: Pick<KeyLookup, 'clear'> },
  access: OrganizationAccess,
  projectId: string,
  body: CreateKeyBody,
): Promise<CreatedApiKey> {
  requireScope(access, 'project-api-keys:create');
  const { organizationId, actor } = access;
  const { row, secretKey } = await deps.relational.db.transaction(async (transaction) => {
    await requireProject(transaction, access, projectId, 'share');
    return issueKey(transaction, {
      owner: { projectId },
      organizationId,
      actor,
      salt: deps.salt,
      ...readKeyBody(body),
    });
  });
  // It may have been asked for, and found missing, a moment ago.
  deps.keyLookup.clear();
  return describeCreatedKey(row, secretKey);
}

/** Refused here at once, in every other process within five seconds. Throws `not_found`. */
export async function deleteKeyOfProject(
  deps: Deps & { keyLookup: Pick<KeyLookup, 'clear'> },
  access: OrganizationAccess,
  { projectId, apiKeyId }: { projectId: string; apiKeyId: string },
): Promise<{ success: true }> {
  requireScope(access, 'project-api-keys:delete');
  const { organizationId, actor } = access;
  await deps.relational.db.transaction(async (transaction) => {
    await requireProject(transaction, access, projectId);
    await revokeKey(transaction, { owner: { projectId }, organizationId, actor, apiKeyId });
  });
  deps.keyLookup.clear();
  return { success: true };
}
