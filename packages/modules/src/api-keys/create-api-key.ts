import type { createApiKeyBody, createApiKeyResponse } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import type { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { issueKey } from './issue-key';
import { describeKey } from './list-api-keys';

/** A new key of the project; the answer holds its secret, which is kept nowhere. */
export async function createApiKey(
  deps: { relational: Pick<Relational, 'db'>; salt: string },
  access: ProjectAccess,
  body: z.output<typeof createApiKeyBody>,
): Promise<z.output<typeof createApiKeyResponse>> {
  requireScope(access, 'api-keys:create');
  const { projectId, organizationId, actor } = access;
  const { row, secretKey } = await deps.relational.db.transaction((transaction) =>
    issueKey(transaction, {
      owner: { projectId },
      organizationId,
      actor,
      salt: deps.salt,
      note: body.note,
      expiresAt: body.expiresAt ? new Date(body.expiresAt) : null,
    }),
  );
  return { ...describeKey(row), secretKey };
}
