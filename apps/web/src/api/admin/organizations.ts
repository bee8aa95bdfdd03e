import * as operations from '@tracewell/contract';
import * as keys from '@tracewell/modules/api-keys/index';
import * as organizations from '@tracewell/modules/organizations/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountAdmin(api: Api, deps: ApiDeps): void {
  const { relational, keyLookup } = deps;
  const { salt } = deps.config;

  api.admin(operations.listOrganizations, (_, access) => organizations.listOrganizations(deps, access));
  api.admin(operations.createOrganization, ({ body }, access) =>
    organizations.createOrganization(deps, access, body),
  );
  api.admin(operations.getOrganization, ({ params }, access) =>
    organizations.getOrganization(deps, access, params.organizationId),
  );
  api.admin(operations.updateOrganization, ({ params, body }, access) =>
    organizations.updateOrganization(deps, access, params.organizationId, body),
  );
  api.admin(operations.deleteOrganization, ({ params }, access) =>
    organizations.deleteOrganization(deps, access, params.organizationId),
  );

  api.admin(operations.listKeysOfOrganization, ({ params }, access) =>
    keys.listKeysOfOrganization(deps, access, params.organizationId),
  );
  api.admin(operations.createKeyOfOrganization, ({ params, body }, access) =>
    keys.createKeyOfOrganization({ relational, keyLookup, salt }, access, params.organizationId, body),
  );
  api.admin(operations.deleteKeyOfOrganization, ({ params }, access) =>
    keys.deleteKeyOfOrganization(deps, access, params),
  );
}
