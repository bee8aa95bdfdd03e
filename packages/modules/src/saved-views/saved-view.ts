import { ApiError, type SavedView } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import type { SavedViewRow } from './store';

/** Who a view of this visibility belongs to; null when it is everybody's. Throws when the caller may not have one. */
export function ownerFor(access: ProjectAccess, visibility: SavedView['visibility']): string | null {
  if (visibility === 'shared') {
    requireScope(access, 'saved-views:share');
    return null;
  }
  if (access.actor.kind !== 'user') {
    throw new ApiError(
      'invalid_request',
      'visibility: personal views belong to a person, and a key is none. Say shared, or sign in.',
    );
  }
  return access.actor.id;
}

/** The person whose own views the caller sees beside the shared ones. */
export const viewerOf = ({ actor }: ProjectAccess): string | null =>
  actor.kind === 'user' ? actor.id : null;

export const viewNotFound = (viewId: string) =>
  new ApiError('not_found', `This project has no saved view ${viewId} that you can see.`);

export const toSavedView = (row: SavedViewRow): SavedView => ({
  id: row.id,
  table: row.tableName,
  name: row.name,
  search: row.search,
  visibility: row.ownerUserId === null ? 'shared' : 'personal',
  isDefault: row.isDefault,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
