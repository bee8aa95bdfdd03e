export { deleteTraces } from './delete-traces';
export { getTrace } from './get-trace';
export { listTraces } from './list-traces';
export { toPublicTrace } from './trace-wire';
