export { readClearedRuns } from './cleared-runs';
export { createDatasetRunItem } from './create-dataset-run-item';
export { deleteDatasetRun } from './delete-dataset-run';
export { getDatasetRun, listDatasetRunItems } from './get-dataset-run';
export { listDatasetRuns } from './list-dataset-runs';
export { readRuns } from './read-runs';
export type { RunDeps } from './recorded-runs';
export { deleteRunItems } from './store';
