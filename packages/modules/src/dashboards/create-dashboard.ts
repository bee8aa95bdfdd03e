import { randomUUID } from 'node:crypto';
import type { BodyOf, Dashboard, createDashboard as operation } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { requireWidgets } from '../dashboard-widgets/index';
import { type Deps, describeDashboard, toDashboard, toPlacementRow, widgetIdsOf } from './dashboard';
import { insertDashboard, insertPlacements } from './store';

/** Throws `not_found` when a tile shows a widget the project has not. */
export async function createDashboard(
  { relational }: Deps,
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<Dashboard> {
  requireScope(access, 'dashboards:create');
  const { projectId } = access;
  const dashboardId = randomUUID();
  const widgets = body.definition?.widgets ?? [];
  const placements = widgets.map((placement, position) =>
    toPlacementRow(placement, { projectId, dashboardId, position }),
  );
  const row = await relational.db.transaction(async (transaction) => {
    await requireWidgets(transaction, projectId, widgetIdsOf(widgets));
    const inserted = await insertDashboard(transaction, {
      id: dashboardId,
      projectId,
      name: body.name,
      description: body.description ?? '',
      filters: body.filters ?? [],
      createdByUserId: access.actor.kind === 'user' ? access.actor.id : null,
    });
    await insertPlacements(transaction, placements);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'dashboards.create',
      resourceType: 'dashboard',
      resourceId: dashboardId,
      after: describeDashboard(inserted, placements),
    });
    return inserted;
  });
  return toDashboard(row, placements);
}
