import * as operations from '@tracewell/contract';
import { createModel, deleteModel, getModel, listModels, upsertModel } from '@tracewell/modules/models/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountModels(api: Api, deps: ApiDeps): void {
  api.project(operations.listModels, ({ query }, access) => listModels(deps, access, query));
  api.project(operations.createModel, ({ body }, access) => createModel(deps, access, body));
  api.project(operations.upsertModel, ({ params, body }, access) =>
    upsertModel(deps, access, params.id, body),
  );
  api.project(operations.getModel, ({ params }, access) => getModel(deps, access, params.id));
  api.project(operations.deleteModel, async ({ params }, access) => {
    await deleteModel(deps, access, params.id);
    return { message: 'Model successfully deleted' };
  });
}
