import type { BodyOf, updateSavedView as operation, SavedView } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { ownerFor, toSavedView, viewerOf, viewNotFound } from './saved-view';
import { clearDefault, findView, updateView } from './store';

/**
 * Changes what the body names. Throws `not_found` when there is none that the caller sees, `forbidden` when it is or
 * becomes a shared one and the caller may not share.
 */
export async function updateSavedView(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  viewId: string,
  body: BodyOf<typeof operation>,
): Promise<SavedView> {
  requireScope(access, 'saved-views:read');
  const { projectId, organizationId, actor } = access;
  const row = await relational.db.transaction(async (transaction) => {
    const before = await findView(transaction, projectId, viewId, viewerOf(access));
    if (!before) throw viewNotFound(viewId);
    if (before.ownerUserId === null) requireScope(access, 'saved-views:share');
    const ownerUserId = body.visibility ? ownerFor(access, body.visibility) : before.ownerUserId;
    const isDefault = body.isDefault ?? before.isDefault;
    const takesDefault = isDefault && (!before.isDefault || ownerUserId !== before.ownerUserId);
    if (takesDefault) await clearDefault(transaction, { projectId, table: before.tableName, ownerUserId });
    const updated = await updateView(transaction, viewId, {
      ownerUserId,
      isDefault,
      ...(body.name !== undefined ? { name: body.name } : {}),
      ...(body.search !== undefined ? { search: body.search } : {}),
    });
    if (before.ownerUserId === null || ownerUserId === null) {
      await recordChange(transaction, {
        actor,
        organizationId,
        projectId,
        action: 'saved-views.update',
        resourceType: 'saved-view',
        resourceId: viewId,
        before: toSavedView(before),
        after: toSavedView(updated),
      });
    }
    return updated;
  });
  return toSavedView(row);
}
