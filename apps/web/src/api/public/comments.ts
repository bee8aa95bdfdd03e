import * as operations from '@tracewell/contract';
import { createComment, getComment, listComments } from '@tracewell/modules/comments/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountComments(api: Api, deps: ApiDeps): void {
  api.project(operations.listComments, ({ query }, access) => listComments(deps, access, query));
  api.project(operations.createComment, ({ body }, access) => createComment(deps, access, body));
  api.project(operations.getComment, ({ params }, access) => getComment(deps, access, params.commentId));
}
