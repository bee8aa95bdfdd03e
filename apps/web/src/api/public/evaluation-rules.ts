import * as operations from '@tracewell/contract';
import {
  changeEvaluationRule,
  createEvaluationRule,
  defineEvaluationRule,
  deleteEvaluationRule,
  getEvaluationRule,
  getNamedEvaluationRule,
  listEvaluationRules,
  listNamedEvaluationRules,
  updateEvaluationRule,
} from '@tracewell/modules/evaluation-rules/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountEvaluationRules(api: Api, deps: ApiDeps): void {
  api.project(operations.createEvaluationRule, ({ body }, access) =>
    createEvaluationRule(deps, access, body),
  );
  api.project(operations.listEvaluationRules, ({ query }, access) =>
    listEvaluationRules(deps, access, query),
  );
  api.project(operations.getEvaluationRule, ({ params }, access) =>
    getEvaluationRule(deps, access, params.evaluationRuleId),
  );
  api.project(operations.updateEvaluationRule, ({ params, body }, access) =>
    updateEvaluationRule(deps, access, params.evaluationRuleId, body),
  );
  api.project(operations.deleteEvaluationRule, async ({ params }, access) => {
    await deleteEvaluationRule(deps, access, params.evaluationRuleId);
    return { id: params.evaluationRuleId };
  });

  api.project(operations.defineEvaluationRule, ({ body }, access) =>
    defineEvaluationRule(deps, access, body),
  );
  api.project(operations.listNamedEvaluationRules, ({ query }, access) =>
    listNamedEvaluationRules(deps, access, query),
  );
  api.project(operations.getNamedEvaluationRule, ({ params }, access) =>
    getNamedEvaluationRule(deps, access, params.evaluationRuleId),
  );
  api.project(operations.changeEvaluationRule, ({ params, body }, access) =>
    changeEvaluationRule(deps, access, params.evaluationRuleId, body),
  );
  api.project(operations.deleteNamedEvaluationRule, async ({ params }, access) => {
    await deleteEvaluationRule(deps, access, params.evaluationRuleId);
    return { message: 'Evaluation rule successfully deleted' };
  });
}
