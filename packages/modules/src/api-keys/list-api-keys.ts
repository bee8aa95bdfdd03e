import type { apiKey } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import type { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { type ApiKeyRow, listKeysOf } from './store';

type ApiKey = z.output<typeof apiKey>;

export const describeKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  publicKey: row.publicKey,
  displaySecretKey: row.displaySecretKey,
  note: row.note,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
});

/** The keys of the project, newest first, without their secrets. */
export async function listApiKeys(
  deps: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
): Promise<{ data: ApiKey[] }> {
  requireScope(access, 'api-keys:read');
  const rows = await listKeysOf(deps.relational.db, { projectId: access.projectId });
  return { data: rows.map(describeKey) };
}
