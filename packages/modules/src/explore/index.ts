export { exploreObservation, exploreTrace } from './explore-trace';
export { exploreTraceFacets, exploreTraceHistogram, exploreTraces } from './explore-traces';
