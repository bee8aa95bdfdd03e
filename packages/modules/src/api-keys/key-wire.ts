import type { ApiKeySummary, BodyOf, CreatedApiKey, createProjectApiKey } from '@tracewell/contract';
import type { KeyPair } from './api-key';
import type { ApiKeyRow } from './store';

/** Keys as the wire has them. */
export type CreateKeyBody = BodyOf<typeof createProjectApiKey>;

export const summarizeKey = (row: ApiKeyRow): ApiKeySummary => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  note: row.note,
  publicKey: row.publicKey,
  displaySecretKey: row.displaySecretKey,
});

export const describeCreatedKey = (row: ApiKeyRow, secretKey: string): CreatedApiKey => {
  const { lastUsedAt: _, ...summary } = summarizeKey(row);
  return { ...summary, secretKey };
};

export const readKeyBody = ({ note, publicKey, secretKey, expiresAt }: CreateKeyBody) => ({
  note,
  pair: publicKey && secretKey ? ({ publicKey, secretKey } satisfies KeyPair) : undefined,
  expiresAt: expiresAt ? new Date(expiresAt) : null,
});
