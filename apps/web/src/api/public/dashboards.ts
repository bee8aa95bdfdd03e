import * as operations from '@tracewell/contract';
import {
  createDashboardWidget,
  deleteDashboardWidget,
  getDashboardWidget,
  listDashboardWidgets,
  updateDashboardWidget,
} from '@tracewell/modules/dashboard-widgets/index';
import {
  addPlacement,
  createDashboard,
  deleteDashboard,
  deletePlacement,
  getDashboard,
  listDashboards,
  updateDashboard,
  updatePlacement,
} from '@tracewell/modules/dashboards/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountDashboards(api: Api, deps: ApiDeps): void {
  api.project(operations.listDashboardWidgets, ({ query }, access) =>
    listDashboardWidgets(deps, access, query),
  );
  api.project(operations.createDashboardWidget, ({ body }, access) =>
    createDashboardWidget(deps, access, body),
  );
  api.project(operations.getDashboardWidget, ({ params }, access) =>
    getDashboardWidget(deps, access, params.widgetId),
  );
  api.project(operations.updateDashboardWidget, ({ params, body }, access) =>
    updateDashboardWidget(deps, access, params.widgetId, body),
  );
  api.project(operations.deleteDashboardWidget, ({ params }, access) =>
    deleteDashboardWidget(deps, access, params.widgetId),
  );

  api.project(operations.listDashboards, ({ query }, access) => listDashboards(deps, access, query));
  api.project(operations.createDashboard, ({ body }, access) => createDashboard(deps, access, body));
  api.project(operations.getDashboard, ({ params }, access) =>
    getDashboard(deps, access, params.dashboardId),
  );
  api.project(operations.updateDashboard, ({ params, body }, access) =>
    updateDashboard(deps, access, params.dashboardId, body),
  );
  api.project(operations.deleteDashboard, ({ params }, access) =>
    deleteDashboard(deps, access, params.dashboardId),
  );
  api.project(operations.addDashboardPlacement, ({ params, body }, access) =>
    addPlacement(deps, access, params.dashboardId, body),
  );
  api.project(operations.updateDashboardPlacement, ({ params, body }, access) =>
    updatePlacement(deps, access, params, body),
  );
  api.project(operations.deleteDashboardPlacement, ({ params }, access) =>
    deletePlacement(deps, access, params),
  );
}
