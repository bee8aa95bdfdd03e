export { createEvaluationRule } from './create-evaluation-rule';
export { changeEvaluationRule, defineEvaluationRule } from './define-evaluation-rule';
export { deleteEvaluationRule } from './delete-evaluation-rule';
export { getEvaluationRule, getNamedEvaluationRule } from './get-evaluation-rule';
export { listEvaluationRules, listNamedEvaluationRules } from './list-evaluation-rules';
export { updateEvaluationRule } from './update-evaluation-rule';
