CREATE TABLE IF NOT EXISTS {database}.scores {on_cluster}
(
  project_id LowCardinality(String),
  id String,
  timestamp DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  name LowCardinality(String),
  source LowCardinality(String),
  data_type LowCardinality(String),
  value Float64,
  string_value String CODEC(ZSTD(1)),
  trace_id String,
  observation_id String,
  session_id String,
  dataset_run_id String,
  environment LowCardinality(String),
  comment String CODEC(ZSTD(1)),
  metadata Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  config_id String,
  queue_id String,
  author_user_id String,
  execution_trace_id String,
  ingestion_api_key LowCardinality(String),
  ingestion_sdk_name LowCardinality(String),
  ingestion_sdk_version LowCardinality(String),
  batch_key String CODEC(ZSTD(1)),
  created_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  updated_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  row_version UInt64,
  is_deleted UInt8,
  INDEX id_bloom id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX trace_id_bloom trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX session_id_bloom session_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(timestamp)
ORDER BY (project_id, toStartOfDay(timestamp), id)
SETTINGS {dedup_window};
