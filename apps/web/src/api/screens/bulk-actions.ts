import { listProjectAnnotationQueues } from '@tracewell/contract/v1/annotation-queues';
import * as operations from '@tracewell/contract/v1/bulk-actions';
import { listAnnotationQueues } from '@tracewell/modules/annotation-queues/index';
import {
  cancelBulkAction,
  createBulkAction,
  getBulkAction,
  listBulkActions,
  undoBulkAction,
} from '@tracewell/modules/bulk-actions/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountBulkActions(api: Api, deps: ApiDeps): void {
  api.project(listProjectAnnotationQueues, ({ query }, access) => listAnnotationQueues(deps, access, query));
  api.project(operations.listBulkActions, async ({ query }, access) => ({
    data: await listBulkActions(deps, access, query.limit),
  }));
  api.project(operations.createBulkAction, ({ body }, access) => createBulkAction(deps, access, body));
  api.project(operations.getBulkAction, ({ params }, access) =>
    getBulkAction(deps, access, params.bulkActionId),
  );
  api.project(operations.cancelBulkAction, ({ params }, access) =>
    cancelBulkAction(deps, access, params.bulkActionId),
  );
  api.project(operations.undoBulkAction, ({ params }, access) =>
    undoBulkAction(deps, access, params.bulkActionId),
  );
}
