export { deleteBlobStorageIntegration } from './delete-blob-storage-integration';
export {
  getBlobStorageIntegrationStatus,
  listBlobStorageIntegrations,
} from './read-blob-storage-integrations';
export { upsertBlobStorageIntegration } from './upsert-blob-storage-integration';
