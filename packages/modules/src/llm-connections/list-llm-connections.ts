import {
  type AnswerOf,
  type LlmConnection,
  type listLlmConnections as operation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { type ConnectionRow, listConnections } from './store';

export const describeConnection = (row: ConnectionRow): LlmConnection => ({
  id: row.id,
  provider: row.provider,
  adapter: row.adapter,
  displaySecretKey: row.displaySecretKey,
  baseURL: row.baseUrl,
  customModels: row.customModels,
  withDefaultModels: row.withDefaultModels,
  extraHeaderKeys: row.extraHeaderKeys,
  config: row.config,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** Newest first, without secrets. */
export async function listLlmConnections(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  page: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'llm-connections:read');
  const { rows, total } = await listConnections(relational.db, access.projectId, page);
  return { data: rows.map(describeConnection), meta: toPageMeta(page, total) };
}
