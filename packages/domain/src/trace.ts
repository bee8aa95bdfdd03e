import type { Metadata, Microseconds } from './observation';

/**
 * What a client of the JSON batch API says about a trace as a whole; with OTLP the same is said on spans
 * (`TraceAttributes`). Absent strings are ''.
 */
export interface TraceRecord {
  id: string;
  timestamp: Microseconds;
  name: string;
  userId: string;
  sessionId: string;
  release: string;
  version: string;
  environment: string;
  public: boolean;
  tags: string[];
  input: string;
  output: string;
  metadata: Metadata;
}
