import * as operations from '@tracewell/contract';
import { listOwnKeys } from '@tracewell/modules/api-keys/index';
import * as memberships from '@tracewell/modules/memberships/index';
import { listOrganizationProjects } from '@tracewell/modules/organizations/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountOrganizations(api: Api, deps: ApiDeps): void {
  api.organization(operations.listOrganizationProjects, (_, access) =>
    listOrganizationProjects(deps, access),
  );
  api.organization(operations.listOrganizationApiKeys, (_, access) => listOwnKeys(deps, access));

  api.organization(operations.listOrganizationMembers, (_, access) =>
    memberships.listOrganizationMembers(deps, access),
  );
  api.organization(operations.setOrganizationMember, ({ body }, access) =>
    memberships.setOrganizationMember(deps, access, body),
  );
  api.organization(operations.deleteOrganizationMember, ({ body }, access) =>
    memberships.deleteOrganizationMember(deps, access, body),
  );
  api.organization(operations.listProjectMembers, ({ params }, access) =>
    memberships.listProjectMembers(deps, access, params.projectId),
  );
  api.organization(operations.setProjectMember, ({ params, body }, access) =>
    memberships.setProjectMember(deps, access, params.projectId, body),
  );
  api.organization(operations.deleteProjectMember, ({ params, body }, access) =>
    memberships.deleteProjectMember(deps, access, params.projectId, body),
  );
}
