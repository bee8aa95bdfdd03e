export { checkItems } from './check-items';
export { deleteDatasetItem } from './delete-dataset-item';
export type { DescribeMedia } from './describe-items';
export { getDatasetItem, requireItem } from './get-dataset-item';
export { listDatasetItems } from './list-dataset-items';
export { readAllItemIds, readAllItems } from './read-all-items';
export { upsertDatasetItem } from './upsert-dataset-item';
