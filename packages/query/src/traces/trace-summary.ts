import type { Metadata, Microseconds, ObservationLevel, UsageMap } from '@tracewell/domain';
import type { StoredScore } from '../scores/score-row';

/** A trace as a list shows it: the aggregate of its observations and of what was said about it as a whole. */
export interface TraceSummary {
  id: string;
  projectId: string;
  timestamp: Microseconds;
  /** '' when nothing named it; so are all absent texts. */
  name: string;
  userId: string;
  sessionId: string;
  release: string;
  version: string;
  environment: string;
  tags: string[];
  public: boolean;
  /** The most severe of its observations'; DEFAULT without any. */
  level: ObservationLevel;
  observationCount: number;
  levelCounts: Record<ObservationLevel, number>;
  /** When its first observation started and its last started and ended; null without observations, or an end. */
  firstStart: Microseconds | null;
  lastStart: Microseconds | null;
  lastEnd: Microseconds | null;
  /** From the first start to the last end or start; 0 without observations. */
  latencyUs: number;
  usage: UsageMap;
  cost: UsageMap;
  /** US dollars. */
  totalCost: number;
  models: string[];
  /** The first 200 characters. */
  inputPreview: string;
  outputPreview: string;
  /** Bytes of all of its observations' input and output. */
  payloadBytes: number;
  createdAt: Microseconds;
  updatedAt: Microseconds;
  /** In no order; empty unless asked for. At most `maxListedObservationIds`. */
  observationIds: string[];
  /** null unless asked for. */
  io: TraceIo | null;
  /** Empty unless asked for. */
  scores: StoredScore[];
}

/** '' when absent. */
export interface TraceIo {
  input: string;
  output: string;
  metadata: Metadata;
}

/** What of a trace is read beyond its summary. */
export interface TraceFields {
  io?: boolean;
  observationIds?: boolean;
  scores?: boolean;
}

export const maxListedObservationIds = 10_000;
