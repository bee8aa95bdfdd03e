export { getPublishedObservation, getPublishedTrace } from './read-published-trace';
export { setTracePublic } from './set-trace-public';
