import {
  type AnswerOf,
  type listDatasetItems as operation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { findDataset } from '../datasets/index';
import { type DescribeMedia, describeItems } from './describe-items';
import { countActiveItems, type ItemSelection, listActiveItems } from './store';

/** Active items, newest first; with `version`, as they were then. Throws `not_found` for an unknown dataset. */
export async function listDatasetItems(
  { relational, describeMedia }: { relational: Pick<Relational, 'db'>; describeMedia: DescribeMedia },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'datasets:read');
  const { db } = relational;
  const { projectId } = access;
  const dataset =
    query.datasetName === undefined ? undefined : await findDataset(db, projectId, query.datasetName);
  const selection: ItemSelection = {
    projectId,
    datasetId: dataset?.id,
    sourceTraceId: query.sourceTraceId,
    sourceObservationId: query.sourceObservationId,
    moment: query.version === undefined ? undefined : new Date(query.version),
  };
  const [rows, totalItems] = await Promise.all([
    listActiveItems(db, selection, { limit: query.limit, offset: (query.page - 1) * query.limit }),
    countActiveItems(db, selection),
  ]);
  return { data: await describeItems(describeMedia, rows), meta: toPageMeta(query, totalItems) };
}
