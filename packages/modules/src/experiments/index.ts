export { listExperimentItems } from './list-experiment-items';
export { listExperiments } from './list-experiments';
