import { randomUUID } from 'node:crypto';
import type { BodyOf, DashboardWidget, createDashboardWidget as operation } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { insertWidget } from './store';
import {
  chartConfigOf,
  type Deps,
  requireAnswerable,
  toDashboardWidget,
  type WidgetDefinition,
} from './widget';

/** Throws `invalid_body` for names the metrics do not know, and for a configuration of another chart. */
export async function createDashboardWidget(
  { relational }: Deps,
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<DashboardWidget> {
  requireScope(access, 'dashboards:create');
  const { projectId } = access;
  const widget: WidgetDefinition = {
    ...body,
    description: body.description ?? '',
    chartConfig: chartConfigOf(body.chartType, body.chartConfig),
  };
  requireAnswerable(projectId, widget, body.filters);
  const row = await relational.db.transaction(async (transaction) => {
    const inserted = await insertWidget(transaction, {
      ...widget,
      id: randomUUID(),
      projectId,
      createdByUserId: access.actor.kind === 'user' ? access.actor.id : null,
    });
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'dashboard-widgets.create',
      resourceType: 'dashboard-widget',
      resourceId: inserted.id,
      after: widget,
    });
    return inserted;
  });
  return toDashboardWidget(row);
}
