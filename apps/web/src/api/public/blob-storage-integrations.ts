import * as operations from '@tracewell/contract';
import {
  deleteBlobStorageIntegration,
  getBlobStorageIntegrationStatus,
  listBlobStorageIntegrations,
  upsertBlobStorageIntegration,
} from '@tracewell/modules/blob-storage-integrations/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountBlobStorageIntegrations(api: Api, deps: ApiDeps): void {
  api.organization(operations.listBlobStorageIntegrations, (_, access) =>
    listBlobStorageIntegrations(deps, access),
  );
  api.organization(operations.upsertBlobStorageIntegration, ({ body }, access) =>
    upsertBlobStorageIntegration(deps, access, body),
  );
  api.organization(operations.getBlobStorageIntegrationStatus, ({ params }, access) =>
    getBlobStorageIntegrationStatus(deps, access, params.id),
  );
  api.organization(operations.deleteBlobStorageIntegration, ({ params }, access) =>
    deleteBlobStorageIntegration(deps, access, params.id),
  );
}
