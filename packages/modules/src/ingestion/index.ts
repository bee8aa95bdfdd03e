export { type Client, readClient } from './client';
export { type EventBatch, receiveEvents, receiveObject } from './receive-events';
export { readScoreList, receiveScores, type ScoreListResults } from './receive-scores';
export { receiveSpans, type SpanExport } from './receive-spans';
