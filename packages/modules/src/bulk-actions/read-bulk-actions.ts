import type { BulkAction } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { actionNotFound, toBulkAction } from './bulk-action';
import { findAction, listActions } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

export async function listBulkActions(
  { relational }: Deps,
  access: ProjectAccess,
  limit: number,
): Promise<BulkAction[]> {
  requireScope(access, 'traces:read');
  return (await listActions(relational.db, access.projectId, limit)).map(toBulkAction);
}

/** Throws `not_found`. */
export async function getBulkAction(
  { relational }: Deps,
  access: ProjectAccess,
  id: string,
): Promise<BulkAction> {
  requireScope(access, 'traces:read');
  const row = await findAction(relational.db, access.projectId, id);
  if (!row) throw actionNotFound(id);
  return toBulkAction(row);
}
