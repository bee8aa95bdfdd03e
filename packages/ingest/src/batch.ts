import type { Microseconds } from '@tracewell/domain';

/** What a client sends to which door, in the encoding it came. */
export type FrameKind = 'otlp-protobuf' | 'otlp-json' | 'json-batch';

/**
 * One accepted request, its body as it came (gzip stays gzip). A stored raw batch is a sequence of frames: all
 * requests that were made durable by one write.
 */
export interface Frame {
  kind: FrameKind;
  encoding: 'identity' | 'gzip';
  projectId: string;
  receivedAt: Microseconds;
  /** Events (or spans) in it that were acknowledged: what must become visible or be dead-lettered. */
  accepted: number;
  /** Public key of the API key it was sent with. */
  apiKey: string;
  sdkName: string;
  sdkVersion: string;
  /** json-batch with a public key alone: only scores were accepted. */
  scoresOnly: boolean;
  body: Uint8Array;
}
