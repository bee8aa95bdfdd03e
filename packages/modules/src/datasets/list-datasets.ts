import { type AnswerOf, type listDatasets as operation, type QueryOf, toPageMeta } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { toDataset } from './dataset-wire';
import { countDatasets, listPage } from './store';

/** Datasets of the project, newest first. */
export async function listDatasets(
  { relational: { db } }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'datasets:read');
  const [rows, totalItems] = await Promise.all([
    listPage(db, access.projectId, query),
    countDatasets(db, access.projectId),
  ]);
  return { data: rows.map(toDataset), meta: toPageMeta(query, totalItems) };
}
