import { submitFeedback as operation } from '@tracewell/contract';
import { submitFeedback } from '@tracewell/modules/feedback/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountFeedback(api: Api, deps: ApiDeps): void {
  api.project(operation, ({ body }, access) => submitFeedback(deps, access, body));
}
