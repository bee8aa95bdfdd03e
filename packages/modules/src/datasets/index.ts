export { toDataset } from './dataset-wire';
export { findDataset, findDatasetById, possibleNames } from './find-dataset';
export { getDataset } from './get-dataset';
export { listDatasets } from './list-datasets';
export type { DatasetRow } from './store';
export { upsertDataset } from './upsert-dataset';
