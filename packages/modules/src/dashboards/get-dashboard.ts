import type { Dashboard } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { type Deps, noDashboard, toDashboard } from './dashboard';
import { findDashboard, listPlacements } from './store';

/** Throws `not_found`. */
export async function getDashboard(
  { relational }: Deps,
  access: ProjectAccess,
  dashboardId: string,
): Promise<Dashboard> {
  requireScope(access, 'dashboards:read');
  const { projectId } = access;
  const row = await findDashboard(relational.db, projectId, dashboardId);
  if (!row) throw noDashboard(dashboardId);
  return toDashboard(row, await listPlacements(relational.db, projectId, [dashboardId]));
}
