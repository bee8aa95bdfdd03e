import { float64, lowText, map, text, time, uint8, uint64 } from './column';
import { defineTable, type RowOf } from './table';

const columns = {
  project_id: lowText,
  id: text,
  timestamp: time,
  name: lowText,
  source: lowText,
  data_type: lowText,
  value: float64,
  string_value: text,
  trace_id: text,
  observation_id: text,
  session_id: text,
  dataset_run_id: text,
  environment: lowText,
  comment: text,
  metadata: map(lowText, text),
  config_id: text,
  queue_id: text,
  author_user_id: text,
  execution_trace_id: text,
  ingestion_api_key: lowText,
  ingestion_sdk_name: lowText,
  ingestion_sdk_version: lowText,
  batch_key: text,
  created_at: time,
  updated_at: time,
  row_version: uint64,
  is_deleted: uint8,
};

export type ScoreRow = RowOf<typeof columns>;
export const scoresTable = defineTable('scores', columns);
