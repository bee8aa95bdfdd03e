import * as operations from '@tracewell/contract';
import * as scim from '@tracewell/modules/scim/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountScim(api: Api, deps: ApiDeps): void {
  api.organization(operations.getScimServiceProviderConfig, async () => scim.serviceProviderConfig);
  api.organization(operations.listScimResourceTypes, async () => scim.resourceTypes);
  api.organization(operations.listScimSchemas, async () => scim.schemas);

  api.organization(operations.listScimUsers, ({ query }, access) => scim.listUsers(deps, access, query));
  api.organization(operations.createScimUser, ({ body }, access) => scim.createUser(deps, access, body));
  api.organization(operations.getScimUser, ({ params }, access) => scim.getUser(deps, access, params.userId));
  api.organization(operations.replaceScimUser, ({ params, body }, access) =>
    scim.replaceUser(deps, access, params.userId, body),
  );
  api.organization(operations.patchScimUser, ({ params, body }, access) =>
    scim.patchUser(deps, access, params.userId, body),
  );
  api.organization(operations.deleteScimUser, ({ params }, access) =>
    scim.deleteUser(deps, access, params.userId),
  );
}
