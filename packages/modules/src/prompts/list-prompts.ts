import { type AnswerOf, type listPrompts as operation, type QueryOf, toPageMeta } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { countNames, listNames } from './store';

/** Prompts by name; versions, labels and the last config are of the versions that match the filters. */
export async function listPrompts(
  { relational: { db } }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  { page, limit, fromUpdatedAt, toUpdatedAt, ...query }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'prompts:read');
  const filter = {
    ...query,
    projectId: access.projectId,
    fromUpdatedAt: fromUpdatedAt === undefined ? undefined : new Date(fromUpdatedAt),
    toUpdatedAt: toUpdatedAt === undefined ? undefined : new Date(toUpdatedAt),
  };
  const [rows, total] = await Promise.all([
    listNames(db, filter, { limit, offset: (page - 1) * limit }),
    countNames(db, filter),
  ]);
  const meta = toPageMeta({ page, limit }, total);
  return {
    data: rows.map((row) => ({ ...row, lastUpdatedAt: row.lastUpdatedAt.toISOString() })),
    meta,
    pagination: meta,
  };
}
