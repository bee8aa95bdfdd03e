export { createEvaluator } from './create-evaluator';
export { defineEvaluator } from './define-evaluator';
export { deleteEvaluator } from './delete-evaluator';
export { type Mapping, readMapping, variablesOf } from './evaluator';
export { getEvaluator, getNamedEvaluator } from './get-evaluator';
export { listEvaluators, listEvaluatorVersions, listNamedEvaluators } from './list-evaluators';
export {
  findEvaluatorByName,
  findEvaluators,
  lockProject,
  type StoredEvaluator,
} from './store';
export { updateEvaluator } from './update-evaluator';
