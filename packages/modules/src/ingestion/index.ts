export { type Client, readClient } from './client';
export { type EventBatch, receiveEvents, receiveObject } from './receive-events';
export { receiveSpans, type SpanExport } from './receive-spans';
