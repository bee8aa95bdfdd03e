export { createKeyPair, type KeyPair } from './api-key';
export { createApiKey } from './create-api-key';
export { deleteApiKey } from './delete-api-key';
export { ensureProjectKey } from './ensure-project-key';
export type { KeyCacheOptions } from './key-cache';
export { createKeyLookup, type KeyLookup } from './key-lookup';
export {
  createKeyOfOrganization,
  deleteKeyOfOrganization,
  listKeysOfOrganization,
  listOwnKeys,
} from './keys-of-organization';
export { createKeyOfProject, deleteKeyOfProject, listKeysOfProject } from './keys-of-project';
export { listApiKeys } from './list-api-keys';
