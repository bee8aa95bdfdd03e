import { StructuredError } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { noWidget } from './no-widget';
import { dashboardsWithWidget, deleteWidgetRow, lockWidget } from './store';
import { type Deps, definitionOf } from './widget';

/** Throws `not_found`, and `conflict` while it stands on a dashboard. */
export async function deleteDashboardWidget(
  { relational }: Deps,
  access: ProjectAccess,
  widgetId: string,
): Promise<{ message: string }> {
  requireScope(access, 'dashboards:delete');
  const { projectId } = access;
  await relational.db.transaction(async (transaction) => {
    const found = await lockWidget(transaction, projectId, widgetId);
    if (!found) throw noWidget(widgetId);
    const placedOn = await dashboardsWithWidget(transaction, projectId, widgetId);
    if (placedOn.length > 0) {
      throw new StructuredError(
        'conflict',
        'conflict',
        `This widget stands on ${placedOn.map(({ id, name }) => `"${name.slice(0, 100)}" (${id})`).join(', ')}: take it off these dashboards first.`,
      );
    }
    await deleteWidgetRow(transaction, projectId, widgetId);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'dashboard-widgets.delete',
      resourceType: 'dashboard-widget',
      resourceId: widgetId,
      before: definitionOf(found),
    });
  });
  return { message: 'Dashboard widget deleted' };
}
