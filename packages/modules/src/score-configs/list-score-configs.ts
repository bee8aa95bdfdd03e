import {
  type AnswerOf,
  type listScoreConfigs as operation,
  type PublicScoreConfig,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { configNotFound, toPublicConfig } from './score-config';
import { countConfigs, findConfig, findConfigs, listConfigs } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** One page of the project's score configs, newest first. */
export async function listScoreConfigs(
  { relational }: Deps,
  access: ProjectAccess,
  { page, limit }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'score-configs:read');
  const { projectId } = access;
  const [rows, totalItems] = await Promise.all([
    listConfigs(relational.db, { projectId, limit, offset: (page - 1) * limit }),
    countConfigs(relational.db, projectId),
  ]);
  return { data: rows.map(toPublicConfig), meta: toPageMeta({ page, limit }, totalItems) };
}

/** Throws `not_found`. */
export async function getScoreConfig(
  { relational }: Deps,
  access: ProjectAccess,
  configId: string,
): Promise<PublicScoreConfig> {
  requireScope(access, 'score-configs:read');
  const row = await findConfig(relational.db, access.projectId, configId);
  if (!row) throw configNotFound(configId);
  return toPublicConfig(row);
}

/** Those of the ids that are no configs of the project: for what is made of configs. */
export async function findMissingConfigs(
  db: Pick<Relational['db'], 'select'>,
  projectId: string,
  ids: readonly string[],
): Promise<string[]> {
  const known = new Set((await findConfigs(db, projectId, ids)).map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}
