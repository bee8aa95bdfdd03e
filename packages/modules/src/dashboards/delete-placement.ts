import { type ProjectAccess, requireScope } from '../access/index';
import { changeDashboard } from './change-dashboard';
import { type Deps, noPlacement } from './dashboard';
import { deletePlacement as deletePlacementRow, updateDashboardRow } from './store';

/** The widget stays. Throws `not_found` for a dashboard or tile there is not. */
export async function deletePlacement(
  deps: Deps,
  access: ProjectAccess,
  { dashboardId, placementId }: { dashboardId: string; placementId: string },
): Promise<{ message: string }> {
  requireScope(access, 'dashboards:update');
  const { projectId } = access;
  return changeDashboard(deps, access, dashboardId, async (transaction, { placements }) => {
    const deleted = await deletePlacementRow(transaction, projectId, dashboardId, placementId);
    if (!deleted) throw noPlacement(dashboardId, placementId);
    const row = await updateDashboardRow(transaction, projectId, dashboardId);
    return {
      row,
      placements: placements.filter(({ id }) => id !== placementId),
      answer: { message: 'Placement deleted' },
    };
  });
}
