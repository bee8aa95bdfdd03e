export { getDatasetV1, listDatasetsV1, upsertDatasetV1 } from './dataset-overviews';
