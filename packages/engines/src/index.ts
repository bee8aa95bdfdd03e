export { type Blob, BlobUnavailable, SignedUrlRefused, UploadRefused } from './blob/port';
export type { Cache } from './cache/port';
export { type Columnar, ColumnarError, ColumnarUnavailable } from './columnar/port';
export { type EngineConfig, type Engines, openEngines, readEngineConfig } from './open';
export { type QueueCounts, type Queues, QueueUnavailable, type QueueWorker } from './queue/port';
export type { Relational } from './relational/port';
export { InvalidSettings } from './settings/setting';
