import * as operations from '@tracewell/contract';
import * as queues from '@tracewell/modules/annotation-queues/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountAnnotationQueues(api: Api, deps: ApiDeps): void {
  api.project(operations.listAnnotationQueues, ({ query }, access) =>
    queues.listAnnotationQueues(deps, access, query),
  );
  api.project(operations.createAnnotationQueue, ({ body }, access) =>
    queues.createAnnotationQueue(deps, access, body),
  );
  api.project(operations.getAnnotationQueue, ({ params }, access) =>
    queues.getAnnotationQueue(deps, access, params.queueId),
  );
  api.project(operations.listAnnotationQueueItems, ({ params, query }, access) =>
    queues.listAnnotationQueueItems(deps, access, params.queueId, query),
  );
  api.project(operations.createAnnotationQueueItem, ({ params, body }, access) =>
    queues.createAnnotationQueueItem(deps, access, params.queueId, body),
  );
  api.project(operations.getAnnotationQueueItem, ({ params }, access) =>
    queues.getAnnotationQueueItem(deps, access, params),
  );
  api.project(operations.updateAnnotationQueueItem, ({ params, body }, access) =>
    queues.updateAnnotationQueueItem(deps, access, params, body),
  );
  api.project(operations.deleteAnnotationQueueItem, async ({ params }, access) => {
    await queues.deleteAnnotationQueueItem(deps, access, params);
    return { success: true, message: 'Annotation queue item deleted successfully' };
  });
  api.project(operations.createAnnotationQueueAssignment, ({ params, body }, access) =>
    queues.assignPerson(deps, access, params.queueId, body.userId),
  );
  api.project(operations.deleteAnnotationQueueAssignment, async ({ params, body }, access) => {
    await queues.unassignPerson(deps, access, params.queueId, body.userId);
    return { success: true };
  });
}
