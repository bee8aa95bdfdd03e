import type { ProjectAccess } from '../access/index';
import { recordChange } from '../audit-log/index';
import { type Deps, describeDashboard, noDashboard } from './dashboard';
import { type DashboardRow, listPlacements, lockDashboard, type PlacementRow, type Writer } from './store';

interface WholeDashboard {
  row: DashboardRow;
  placements: PlacementRow[];
}

/** One change of a dashboard or its tiles at a time, and its entry in the audit log. Throws `not_found`. */
export async function changeDashboard<Answer>(
  { relational }: Deps,
  access: ProjectAccess,
  dashboardId: string,
  change: (transaction: Writer, before: WholeDashboard) => Promise<WholeDashboard & { answer: Answer }>,
): Promise<Answer> {
  const { projectId } = access;
  return relational.db.transaction(async (transaction) => {
    const row = await lockDashboard(transaction, projectId, dashboardId);
    if (!row) throw noDashboard(dashboardId);
    const before = { row, placements: await listPlacements(transaction, projectId, [dashboardId]) };
    const after = await change(transaction, before);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'dashboards.update',
      resourceType: 'dashboard',
      resourceId: dashboardId,
      before: describeDashboard(before.row, before.placements),
      after: describeDashboard(after.row, after.placements),
    });
    return after.answer;
  });
}
