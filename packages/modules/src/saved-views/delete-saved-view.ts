import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { toSavedView, viewerOf, viewNotFound } from './saved-view';
import { deleteView, findView } from './store';

/** Throws `not_found` when there is none that the caller sees, `forbidden` for a shared one without that right. */
export async function deleteSavedView(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  viewId: string,
): Promise<void> {
  requireScope(access, 'saved-views:read');
  const { projectId, organizationId, actor } = access;
  await relational.db.transaction(async (transaction) => {
    const before = await findView(transaction, projectId, viewId, viewerOf(access));
    if (!before) throw viewNotFound(viewId);
    if (before.ownerUserId === null) requireScope(access, 'saved-views:share');
    await deleteView(transaction, viewId);
    if (before.ownerUserId !== null) return;
    await recordChange(transaction, {
      actor,
      organizationId,
      projectId,
      action: 'saved-views.delete',
      resourceType: 'saved-view',
      resourceId: viewId,
      before: toSavedView(before),
    });
  });
}
