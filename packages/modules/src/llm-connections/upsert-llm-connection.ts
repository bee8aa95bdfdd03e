import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  type LlmConnection,
  type upsertLlmConnection as operation,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { type AllowedHosts, checkOutboundUrl } from '../outbound/index';
import { maskSecret, type Vault } from '../secrets/index';
import { describeConnection } from './list-llm-connections';
import { insertConnection, lockConnection, replaceConnection } from './store';

export interface ConnectionDeps {
  relational: Pick<Relational, 'db'>;
  vault: Vault;
  outboundHosts: AllowedHosts;
}

/** Creates the project's connection of this provider or replaces it whole. */
export async function upsertLlmConnection(
  deps: ConnectionDeps,
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<{ connection: LlmConnection; created: boolean }> {
  requireScope(access, 'llm-connections:upsert');
  const { projectId } = access;
  const baseUrl = body.baseURL || null;
  if (baseUrl !== null) checkOutboundUrl(baseUrl, 'baseURL', deps.outboundHosts);

  return deps.relational.db.transaction(async (transaction) => {
    const before = await lockConnection(transaction, projectId, body.provider);
    const id = before?.id ?? randomUUID();
    const headers = Object.keys(body.extraHeaders ?? {});
    const values = {
      id,
      projectId,
      provider: body.provider,
      adapter: body.adapter,
      encryptedSecretKey: deps.vault.seal(body.secretKey, secretKeyPlace(id)),
      displaySecretKey: maskSecret(body.secretKey),
      baseUrl,
      customModels: body.customModels ?? [],
      withDefaultModels: body.withDefaultModels ?? true,
      encryptedExtraHeaders:
        headers.length > 0 ? deps.vault.seal(JSON.stringify(body.extraHeaders), extraHeadersPlace(id)) : null,
      extraHeaderKeys: headers,
      config: body.config ?? null,
    };
    const row = before
      ? await replaceConnection(transaction, values)
      : await insertConnection(transaction, values);
    if (!row) {
      throw new ApiError(
        'conflict',
        `A connection ${body.provider} is being created by another request. Send this one again to replace it.`,
      );
    }
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: before ? 'llm-connections.update' : 'llm-connections.create',
      resourceType: 'llm-connection',
      resourceId: id,
      ...(before && { before: describeConnection(before) }),
      after: describeConnection(row),
    });
    return { connection: describeConnection(row), created: before === null };
  });
}

/** What the secrets are sealed for, and must be opened for. */
export const secretKeyPlace = (id: string): string => `llm-connections/${id}/secret-key`;
export const extraHeadersPlace = (id: string): string => `llm-connections/${id}/extra-headers`;
