import type { BodyOf, Dashboard, updateDashboard as operation } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { requireWidgets } from '../dashboard-widgets/index';
import { changeDashboard } from './change-dashboard';
import { type Deps, toDashboard, toPlacementRow, widgetIdsOf } from './dashboard';
import { deletePlacements, insertPlacements, updateDashboardRow } from './store';

/** What is given replaces what was. Throws `not_found`, also for a widget of the definition. */
export async function updateDashboard(
  deps: Deps,
  access: ProjectAccess,
  dashboardId: string,
  body: BodyOf<typeof operation>,
): Promise<Dashboard> {
  requireScope(access, 'dashboards:update');
  const { projectId } = access;
  return changeDashboard(deps, access, dashboardId, async (transaction, before) => {
    let placements = before.placements;
    if (body.definition) {
      const { widgets } = body.definition;
      await requireWidgets(transaction, projectId, widgetIdsOf(widgets));
      placements = widgets.map((placement, position) =>
        toPlacementRow(placement, { projectId, dashboardId, position }),
      );
      await deletePlacements(transaction, projectId, dashboardId);
      await insertPlacements(transaction, placements);
    }
    const row = await updateDashboardRow(transaction, projectId, dashboardId, {
      name: body.name ?? before.row.name,
      description: body.description ?? before.row.description,
      filters: body.filters ?? before.row.filters,
    });
    return { row, placements, answer: toDashboard(row, placements) };
  });
}
