export { createModel, maxModelsPerProject } from './create-model';
export {
  createDefinitionSnapshot,
  type DefinitionSnapshot,
  type DefinitionSnapshotOptions,
} from './definition-snapshot';
export { deleteModel } from './delete-model';
export { getModel, listModels } from './list-models';
export { matchModelName } from './match-model-name';
export { upsertModel } from './upsert-model';
