import * as operations from '@tracewell/contract';
import {
  createEvaluator,
  defineEvaluator,
  deleteEvaluator,
  getEvaluator,
  getNamedEvaluator,
  listEvaluators,
  listEvaluatorVersions,
  listNamedEvaluators,
  updateEvaluator,
} from '@tracewell/modules/evaluators/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountEvaluators(api: Api, deps: ApiDeps): void {
  api.project(operations.createEvaluator, ({ body }, access) => createEvaluator(deps, access, body));
  api.project(operations.listEvaluators, ({ query }, access) => listEvaluators(deps, access, query));
  api.project(operations.getEvaluator, ({ params }, access) =>
    getEvaluator(deps, access, params.evaluatorId),
  );
  api.project(operations.updateEvaluator, ({ params, body }, access) =>
    updateEvaluator(deps, access, params.evaluatorId, body),
  );
  api.project(operations.deleteEvaluator, async ({ params }, access) => {
    await deleteEvaluator(deps, access, params.evaluatorId);
    return { id: params.evaluatorId };
  });
  api.project(operations.listEvaluatorVersions, ({ params, query }, access) =>
    listEvaluatorVersions(deps, access, params.evaluatorId, query),
  );

  api.project(operations.defineEvaluator, ({ body }, access) => defineEvaluator(deps, access, body));
  api.project(operations.listNamedEvaluators, ({ query }, access) =>
    listNamedEvaluators(deps, access, query),
  );
  api.project(operations.getNamedEvaluator, ({ params }, access) =>
    getNamedEvaluator(deps, access, params.evaluatorId),
  );
  api.project(operations.deleteNamedEvaluator, async ({ params }, access) => {
    await deleteEvaluator(deps, access, params.evaluatorId);
    return { message: 'Evaluator successfully deleted' };
  });
}
