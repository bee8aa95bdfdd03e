import { maxSavedViews, type SavedView, type SavedViewTable } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { toSavedView, viewerOf } from './saved-view';
import { listViews } from './store';

/** The caller's own views of a table and the shared ones, by name. */
export async function listSavedViews(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  table: SavedViewTable,
): Promise<SavedView[]> {
  requireScope(access, 'saved-views:read');
  const place = { projectId: access.projectId, table, viewerId: viewerOf(access) };
  return (await listViews(relational.db, place, maxSavedViews)).map(toSavedView);
}
