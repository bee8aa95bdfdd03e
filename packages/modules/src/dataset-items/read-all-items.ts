import type { DatasetItem } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { ResultTooLarge } from '@tracewell/query/invalid-query';
import { type DescribeMedia, describeItems } from './describe-items';
import { listActiveItemIds, listActiveItems, measureActiveItems } from './store';

/** What one answer may hold of a dataset whose items do not come in pages. */
const maxItems = 10_000;
const maxBytes = 64 * 1024 * 1024;

const tooLarge = (datasetName: string) =>
  new ResultTooLarge(
    `Dataset ${datasetName} has too many items for one answer (more than ${maxItems}, or than ${maxBytes} bytes). Read them in pages: GET /api/public/dataset-items?datasetName=….`,
  );

/** Every active item. Throws `ResultTooLarge`. */
export async function readAllItems(
  { relational: { db }, describeMedia }: { relational: Pick<Relational, 'db'>; describeMedia: DescribeMedia },
  dataset: { id: string; name: string; projectId: string },
): Promise<DatasetItem[]> {
  const selection = { projectId: dataset.projectId, datasetId: dataset.id };
  const { total, bytes } = await measureActiveItems(db, selection);
  if (total > maxItems || bytes > maxBytes) throw tooLarge(dataset.name);
  return describeItems(describeMedia, await listActiveItems(db, selection, { limit: maxItems, offset: 0 }));
}

/** The ids of every active item. Throws `ResultTooLarge`. */
export async function readAllItemIds(
  db: Relational['db'],
  dataset: { id: string; name: string; projectId: string },
): Promise<string[]> {
  const selection = { projectId: dataset.projectId, datasetId: dataset.id };
  const rows = await listActiveItemIds(db, selection, maxItems + 1);
  if (rows.length > maxItems) throw tooLarge(dataset.name);
  return rows.map(({ id }) => id);
}
