import { listProjects as operation } from '@tracewell/contract';
import { listProjects } from '@tracewell/modules/projects/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountProjects(api: Api, deps: ApiDeps): void {
  api.project(operation, (_, access) => listProjects(deps, access));
}
