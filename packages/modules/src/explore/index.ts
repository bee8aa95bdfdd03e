export { exploreTraceDifferences } from './explore-differences';
export {
  exploreObservationFacets,
  exploreObservationHistogram,
  exploreObservations,
} from './explore-observations';
export { exploreTracePayloads } from './explore-payloads';
export { exploreScoreFacets, exploreScoreHistogram, exploreScores } from './explore-scores';
export { exploreSessionFacets, exploreSessionHistogram, exploreSessions } from './explore-sessions';
export { exploreObservation, exploreTrace } from './explore-trace';
export {
  exploreTraceFacets,
  exploreTraceHistogram,
  exploreTraces,
  traceOrderOf,
  traceSelectionOf,
} from './explore-traces';
export { showScore } from './show-trace';
