import type { Metadata, Microseconds } from './observation';

export const scoreDataTypes = ['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT', 'CORRECTION'] as const;
export type ScoreDataType = (typeof scoreDataTypes)[number];
export const scoreSources = ['API', 'EVAL', 'ANNOTATION'] as const;
export type ScoreSource = (typeof scoreSources)[number];

/** A judgement on exactly one trace, observation, session or dataset run. Absent strings are ''. */
export interface Score {
  id: string;
  timestamp: Microseconds;
  name: string;
  source: ScoreSource;
  dataType: ScoreDataType;
  /** NUMERIC: the number; BOOLEAN: 0 or 1; CATEGORICAL: the category's value or 0; else 0. */
  value: number;
  /** BOOLEAN: True or False; CATEGORICAL: the label; TEXT and CORRECTION: the text. */
  stringValue: string;
  traceId: string;
  observationId: string;
  sessionId: string;
  datasetRunId: string;
  environment: string;
  comment: string;
  metadata: Metadata;
  configId: string;
  queueId: string;
  authorUserId: string;
  executionTraceId: string;
}
