import * as operations from '@tracewell/contract';
import { deleteTraces, getTrace, listTraces } from '@tracewell/modules/traces/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountTraces(api: Api, deps: ApiDeps): void {
  api.project(operations.listTraces, ({ query }, access) => listTraces(deps, access, query));
  api.project(operations.getTrace, ({ params, query }, access) =>
    getTrace(deps, access, params.traceId, query.fields),
  );
  api.project(operations.deleteTrace, async ({ params }, access) => {
    await deleteTraces(deps, access, [params.traceId]);
    return { message: 'Trace deleted successfully' };
  });
  api.project(operations.deleteTraces, async ({ body }, access) => {
    await deleteTraces(deps, access, body.traceIds);
    return { message: 'Traces deleted successfully' };
  });
}
