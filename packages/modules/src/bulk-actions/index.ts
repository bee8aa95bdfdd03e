export { cancelBulkAction, undoBulkAction } from './change-bulk-action';
export { createBulkAction } from './create-bulk-action';
export { getBulkAction, listBulkActions } from './read-bulk-actions';
