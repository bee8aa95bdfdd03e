import type { Microseconds, Score, ScoreDataType, ScoreSource } from '@tracewell/domain';
import { type Integer, toMetadata, toNumber } from '../sql/decode';
import { sql } from '../sql/sql';

/** A score as it is stored: what it says, whose it is and when it came. */
export interface StoredScore extends Score {
  projectId: string;
  createdAt: Microseconds;
  updatedAt: Microseconds;
}

export const scoreFields = sql`
  project_id, id, toUnixTimestamp64Micro(timestamp) AS timestampUs, name, source, data_type, value, string_value,
  trace_id, observation_id, session_id, dataset_run_id, environment, comment, metadata, config_id, queue_id,
  author_user_id, execution_trace_id, toUnixTimestamp64Micro(created_at) AS createdAtUs,
  toUnixTimestamp64Micro(updated_at) AS updatedAtUs`;

export interface ScoreRow {
  project_id: string;
  id: string;
  timestampUs: Integer;
  name: string;
  source: ScoreSource;
  data_type: ScoreDataType;
  value: number;
  string_value: string;
  trace_id: string;
  observation_id: string;
  session_id: string;
  dataset_run_id: string;
  environment: string;
  comment: string;
  metadata: Record<string, string>;
  config_id: string;
  queue_id: string;
  author_user_id: string;
  execution_trace_id: string;
  createdAtUs: Integer;
  updatedAtUs: Integer;
}

export const toScore = (row: ScoreRow): StoredScore => ({
  id: row.id,
  projectId: row.project_id,
  timestamp: toNumber(row.timestampUs),
  name: row.name,
  source: row.source,
  dataType: row.data_type,
  value: row.value,
  stringValue: row.string_value,
  traceId: row.trace_id,
  observationId: row.observation_id,
  sessionId: row.session_id,
  datasetRunId: row.dataset_run_id,
  environment: row.environment,
  comment: row.comment,
  metadata: toMetadata(row.metadata),
  configId: row.config_id,
  queueId: row.queue_id,
  authorUserId: row.author_user_id,
  executionTraceId: row.execution_trace_id,
  createdAt: toNumber(row.createdAtUs),
  updatedAt: toNumber(row.updatedAtUs),
});
