import { ApiError, type DatasetItem } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { type DescribeMedia, describeItems } from './describe-items';
import { findItem, type ItemRow } from './store';

/** One item, archived or not. Throws `not_found`. */
export async function getDatasetItem(
  { relational, describeMedia }: { relational: Pick<Relational, 'db'>; describeMedia: DescribeMedia },
  access: ProjectAccess,
  itemId: string,
): Promise<DatasetItem> {
  requireScope(access, 'datasets:read');
  const [item] = await describeItems(describeMedia, [
    await requireItem(relational.db, access.projectId, itemId),
  ]);
  return item!;
}

/** The item as it is now, or was at a moment. Throws `not_found`. */
export async function requireItem(
  db: Pick<Relational['db'], 'select'>,
  projectId: string,
  itemId: string,
  moment?: Date,
): Promise<ItemRow> {
  const row = await findItem(db, projectId, itemId, moment);
  if (row) return row;
  throw new ApiError(
    'not_found',
    `Dataset item not found: this project has no dataset item ${itemId.slice(0, 200)}${moment ? ` at ${moment.toISOString()}` : ''}.`,
  );
}
