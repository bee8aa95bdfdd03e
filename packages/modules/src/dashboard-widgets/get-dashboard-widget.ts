import type { DashboardWidget } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { noWidget } from './no-widget';
import { findWidget } from './store';
import { type Deps, toDashboardWidget } from './widget';

/** Throws `not_found`. */
export async function getDashboardWidget(
  { relational }: Deps,
  access: ProjectAccess,
  widgetId: string,
): Promise<DashboardWidget> {
  requireScope(access, 'dashboards:read');
  const row = await findWidget(relational.db, access.projectId, widgetId);
  if (!row) throw noWidget(widgetId);
  return toDashboardWidget(row);
}
