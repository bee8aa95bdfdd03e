export type { BatchLog, Frame, FrameKind } from './batch';
export type { KeptMedia } from './batch-in-hand';
export { type Failpoint, failpoint, failpoints } from './failpoint';
export {
  buryBatch,
  createPipeline,
  MissingBatch,
  type Pipeline,
  type PipelineOptions,
  type StoreMedia,
} from './pipeline';
export { batchKeyOf, DamagedBatch, decodeBatch, encodeBatch, minuteOfBatchKey, rawPrefix } from './raw-batch';
export { type IngestJob, ingestQueue, openBatchLog } from './receive/batch-log';
export {
  type BatchOutcome,
  type DeadLetter,
  deadLetterReasons,
  type Ledger,
  openLedger,
} from './write/ledger';
export { createReconciler, type Look } from './write/reconcile';
