import { listAuditLog as listAuditLogOperation } from '@tracewell/contract';
import * as operations from '@tracewell/contract/v1/operations';
import { createApiKey, deleteApiKey, listApiKeys } from '@tracewell/modules/api-keys/index';
import { listAuditLog } from '@tracewell/modules/audit-log/index';
import { listOrganizationsOfPerson } from '@tracewell/modules/organizations/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountAccount(api: Api, deps: ApiDeps): void {
  const { relational, keyLookup } = deps;
  const { salt, version } = deps.config;

  api.personal(operations.getCurrentSession, async (_, person) => ({
    user: { id: person.userId, email: person.email, name: person.name },
    organizations: await listOrganizationsOfPerson({ relational }, person),
    version,
  }));
  api.project(listAuditLogOperation, ({ query }, access) => listAuditLog({ relational }, access, query));
  api.project(operations.listApiKeys, (_, access) => listApiKeys({ relational }, access));
  api.project(operations.createApiKey, async ({ body }, access) => {
    const created = await createApiKey({ relational, salt }, access, body);
    // It may have been asked for, and found missing, a moment ago.
    keyLookup.clear();
    return created;
  });
  api.project(operations.deleteApiKey, ({ params }, access) =>
    deleteApiKey({ relational, keyLookup }, access, params.apiKeyId),
  );
}
