export { type Client, readClient } from './client';
export { type Annotation, receiveAnnotation } from './receive-annotation';
export { type EventBatch, receiveEvents, receiveObject } from './receive-events';
export { readScoreList, receiveScores, type ScoreListResults } from './receive-scores';
export { receiveSpans, type SpanExport } from './receive-spans';
export { receiveTraceFlags, type TraceFlags } from './receive-trace-flags';
