import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { type Deps, describeDashboard, noDashboard } from './dashboard';
import { deleteDashboardRow, listPlacements, lockDashboard } from './store';

/** With its tiles; the widgets they show stay. Throws `not_found`. */
export async function deleteDashboard(
  { relational }: Deps,
  access: ProjectAccess,
  dashboardId: string,
): Promise<{ message: string }> {
  requireScope(access, 'dashboards:delete');
  const { projectId } = access;
  await relational.db.transaction(async (transaction) => {
    const row = await lockDashboard(transaction, projectId, dashboardId);
    if (!row) throw noDashboard(dashboardId);
    const placements = await listPlacements(transaction, projectId, [dashboardId]);
    await deleteDashboardRow(transaction, projectId, dashboardId);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'dashboards.delete',
      resourceType: 'dashboard',
      resourceId: dashboardId,
      before: describeDashboard(row, placements),
    });
  });
  return { message: 'Dashboard deleted' };
}
