export { exploreTraceDifferences } from './explore-differences';
export { exploreObservation, exploreTrace } from './explore-trace';
export {
  exploreTraceFacets,
  exploreTraceHistogram,
  exploreTraces,
  traceOrderOf,
  traceSelectionOf,
} from './explore-traces';
export { showScore } from './show-trace';
