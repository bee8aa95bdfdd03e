import type { BodyOf, DashboardPlacement, updateDashboardPlacement as operation } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { changeDashboard } from './change-dashboard';
import { type Deps, noPlacement, toPlacement } from './dashboard';
import { movePlacement, updateDashboardRow } from './store';

/** What is left out stays. Throws `not_found` for a dashboard or tile there is not. */
export async function updatePlacement(
  deps: Deps,
  access: ProjectAccess,
  { dashboardId, placementId }: { dashboardId: string; placementId: string },
  body: BodyOf<typeof operation>,
): Promise<DashboardPlacement> {
  requireScope(access, 'dashboards:update');
  const { projectId } = access;
  return changeDashboard(deps, access, dashboardId, async (transaction, { placements }) => {
    const found = placements.find(({ id }) => id === placementId);
    if (!found) throw noPlacement(dashboardId, placementId);
    const moved = await movePlacement(transaction, projectId, dashboardId, placementId, {
      x: body.x ?? found.x,
      y: body.y ?? found.y,
      width: body.width ?? found.width,
      height: body.height ?? found.height,
    });
    if (!moved) throw noPlacement(dashboardId, placementId);
    const row = await updateDashboardRow(transaction, projectId, dashboardId);
    return {
      row,
      placements: placements.map((placement) => (placement.id === placementId ? moved : placement)),
      answer: toPlacement(moved),
    };
  });
}
