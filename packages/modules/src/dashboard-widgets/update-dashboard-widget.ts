import type { BodyOf, DashboardWidget, updateDashboardWidget as operation } from '@tracewell/contract';
import type { Filter } from '@tracewell/domain';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { noWidget } from './no-widget';
import { lockWidget, updateWidget } from './store';
import {
  chartConfigOf,
  type Deps,
  definitionOf,
  requireAnswerable,
  toDashboardWidget,
  type WidgetDefinition,
} from './widget';

/**
 * What is given replaces what was; another chart without a configuration takes its plain one. Throws
 * `not_found`, and `invalid_body` as on creation.
 */
export async function updateDashboardWidget(
  { relational }: Deps,
  access: ProjectAccess,
  widgetId: string,
  body: BodyOf<typeof operation>,
): Promise<DashboardWidget> {
  requireScope(access, 'dashboards:update');
  const { projectId } = access;
  const row = await relational.db.transaction(async (transaction) => {
    const found = await lockWidget(transaction, projectId, widgetId);
    if (!found) throw noWidget(widgetId);
    const before = definitionOf(found);
    const after = change(before, body);
    requireAnswerable(projectId, after, body.filters ?? (before.filters as Filter));
    const updated = await updateWidget(transaction, projectId, widgetId, after);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'dashboard-widgets.update',
      resourceType: 'dashboard-widget',
      resourceId: widgetId,
      before,
      after,
    });
    return updated;
  });
  return toDashboardWidget(row);
}

function change(before: WidgetDefinition, body: BodyOf<typeof operation>): WidgetDefinition {
  const chartType = body.chartType ?? before.chartType;
  const keepsConfig = !body.chartConfig && chartType === before.chartType;
  return {
    name: body.name ?? before.name,
    description: body.description ?? before.description,
    view: body.view ?? before.view,
    dimensions: body.dimensions ?? before.dimensions,
    metrics: body.metrics ?? before.metrics,
    filters: body.filters ?? before.filters,
    chartType,
    chartConfig: keepsConfig ? before.chartConfig : chartConfigOf(chartType, body.chartConfig),
  };
}
