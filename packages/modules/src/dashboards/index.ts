export { addPlacement } from './add-placement';
export { createDashboard } from './create-dashboard';
export { deleteDashboard } from './delete-dashboard';
export { deletePlacement } from './delete-placement';
export { getDashboard } from './get-dashboard';
export { listDashboards } from './list-dashboards';
export { updateDashboard } from './update-dashboard';
export { updatePlacement } from './update-placement';
