import { matchModelName as operation } from '@tracewell/contract';
import { matchModelName } from '@tracewell/modules/models/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountModelMatch(api: Api, deps: ApiDeps): void {
  api.project(operation, ({ query }, access) => matchModelName(deps, access, query));
}
