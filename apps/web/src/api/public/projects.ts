import * as operations from '@tracewell/contract';
import { createKeyOfProject, deleteKeyOfProject, listKeysOfProject } from '@tracewell/modules/api-keys/index';
import { createProject, deleteProject, listProjects, updateProject } from '@tracewell/modules/projects/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountProjects(api: Api, deps: ApiDeps): void {
  const { relational, keyLookup } = deps;
  const { salt } = deps.config;

  api.project(operations.listProjects, (_, access) => listProjects(deps, access));
  api.organization(operations.createProject, ({ body }, access) => createProject(deps, access, body));
  api.organization(operations.updateProject, ({ params, body }, access) =>
    updateProject(deps, access, params.projectId, body),
  );
  api.organization(operations.deleteProject, ({ params }, access) =>
    deleteProject(deps, access, params.projectId),
  );

  api.organization(operations.listProjectApiKeys, ({ params }, access) =>
    listKeysOfProject(deps, access, params.projectId),
  );
  api.organization(operations.createProjectApiKey, ({ params, body }, access) =>
    createKeyOfProject({ relational, keyLookup, salt }, access, params.projectId, body),
  );
  api.organization(operations.deleteProjectApiKey, ({ params }, access) =>
    deleteKeyOfProject(deps, access, params),
  );
}
