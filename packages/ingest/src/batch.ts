import type { Microseconds } from '@tracewell/domain';

/** What a client sends to which door, in the encoding it came. */
export type FrameKind = 'otlp-protobuf' | 'otlp-json' | 'json-batch';

/**
 * One accepted request, its body as it came (gzip stays gzip). A stored raw batch is a sequence of frames: all
 * requests that were made durable by one write.
 */
export interface Frame {
  kind: FrameKind;
  /** `br` is ours: what came uncompressed is kept compressed. */
  encoding: 'identity' | 'gzip' | 'br';
  projectId: string;
  receivedAt: Microseconds;
  /** Events (or spans) in it that were acknowledged: what must become visible or be dead-lettered. */
  accepted: number;
  /** Positions of the events (or spans) that were refused at the door; the worker passes over them. */
  rejected: readonly number[];
  /** Public key of the API key it was sent with. */
  apiKey: string;
  sdkName: string;
  sdkVersion: string;
  /** json-batch with a public key alone: only scores were accepted. */
  scoresOnly: boolean;
  body: Uint8Array;
}

/** The door's side of the store of raw batches. */
export interface BatchLog {
  /**
   * Resolves when the frame is durable and can be found without the queue (D1). Frames that wait for the same
   * write share it. Throws `BlobUnavailable` when the store is away or full, or too much waits already.
   */
  append(frame: Frame): Promise<void>;
}
