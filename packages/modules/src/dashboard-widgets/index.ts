export { createDashboardWidget } from './create-dashboard-widget';
export { deleteDashboardWidget } from './delete-dashboard-widget';
export { getDashboardWidget } from './get-dashboard-widget';
export { listDashboardWidgets } from './list-dashboard-widgets';
export { requireWidgets } from './require-widgets';
export { updateDashboardWidget } from './update-dashboard-widget';
