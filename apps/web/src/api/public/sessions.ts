import * as operations from '@tracewell/contract';
import { getSession, listSessions } from '@tracewell/modules/sessions/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountSessions(api: Api, deps: ApiDeps): void {
  api.project(operations.listSessions, ({ query }, access) => listSessions(deps, access, query));
  api.project(operations.getSession, ({ params }, access) => getSession(deps, access, params.sessionId));
}
