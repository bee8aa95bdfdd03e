import type { Dataset } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { toDataset } from './dataset-wire';
import { findDataset } from './find-dataset';

/** One dataset by its name. Throws `not_found`. */
export async function getDataset(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  name: string,
): Promise<Dataset> {
  requireScope(access, 'datasets:read');
  return toDataset(await findDataset(relational.db, access.projectId, name));
}
