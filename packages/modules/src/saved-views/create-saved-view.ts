import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  maxSavedViews,
  type createSavedView as operation,
  type SavedView,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { ownerFor, toSavedView, viewerOf } from './saved-view';
import { clearDefault, countViews, insertView } from './store';

/** Throws `forbidden` for a shared view without the right to share, `conflict` when the table has too many. */
export async function createSavedView(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<SavedView> {
  requireScope(access, 'saved-views:read');
  const { projectId, organizationId, actor } = access;
  const { table, name, search, isDefault } = body;
  const ownerUserId = ownerFor(access, body.visibility);
  const row = await relational.db.transaction(async (transaction) => {
    const seen = await countViews(transaction, { projectId, table, viewerId: viewerOf(access) });
    if (seen >= maxSavedViews) {
      throw new ApiError('conflict', `A table has at most ${maxSavedViews} saved views. Delete one first.`);
    }
    if (isDefault) await clearDefault(transaction, { projectId, table, ownerUserId });
    const inserted = await insertView(transaction, {
      id: randomUUID(),
      projectId,
      tableName: table,
      name,
      search,
      ownerUserId,
      isDefault,
    });
    if (ownerUserId === null) {
      await recordChange(transaction, {
        actor,
        organizationId,
        projectId,
        action: 'saved-views.create',
        resourceType: 'saved-view',
        resourceId: inserted.id,
        after: toSavedView(inserted),
      });
    }
    return inserted;
  });
  return toSavedView(row);
}
