CREATE DATABASE IF NOT EXISTS tracewell ON CLUSTER main ENGINE = Atomic;

CREATE TABLE IF NOT EXISTS tracewell.schema_migrations ON CLUSTER main
(
  name String,
  checksum String,
  applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplicatedMergeTree()
ORDER BY name;

CREATE TABLE IF NOT EXISTS tracewell.observations ON CLUSTER main
(
  project_id LowCardinality(String),
  trace_id String,
  id String,
  kind Enum8('observation' = 0, 'trace' = 1),
  parent_observation_id String,
  is_app_root Bool,
  type LowCardinality(String),
  name String,
  start_time DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  end_time Nullable(DateTime64(6, 'UTC')),
  completion_start_time Nullable(DateTime64(6, 'UTC')),
  level Enum8('DEBUG' = 0, 'DEFAULT' = 1, 'WARNING' = 2, 'ERROR' = 3),
  status_message String,
  environment LowCardinality(String),
  version String,
  release String,
  input String CODEC(ZSTD(1)),
  output String CODEC(ZSTD(1)),
  input_preview String MATERIALIZED substringUTF8(input, 1, 200),
  output_preview String MATERIALIZED substringUTF8(output, 1, 200),
  input_length UInt32 MATERIALIZED length(input),
  output_length UInt32 MATERIALIZED length(output),
  metadata Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  trace_name String,
  user_id String,
  session_id String,
  tags Array(LowCardinality(String)),
  public Nullable(Bool),
  trace_input String CODEC(ZSTD(1)),
  trace_output String CODEC(ZSTD(1)),
  trace_metadata Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  model LowCardinality(String),
  model_id LowCardinality(String),
  prompt_name String,
  prompt_version Nullable(UInt32),
  usage Map(LowCardinality(String), UInt64),
  cost Map(LowCardinality(String), Float64),
  total_cost Float64 MATERIALIZED cost['total'],
  total_tokens UInt64 MATERIALIZED usage['total'],
  tool_names Array(LowCardinality(String)) DEFAULT mapKeys(tool_definitions),
  tool_call_names Array(LowCardinality(String)),
  tool_call_count UInt32 DEFAULT length(tool_calls),
  experiment_id String,
  experiment_name String,
  experiment_dataset_id String,
  experiment_item_id String,
  experiment_item_root_observation_id String,
  service_name LowCardinality(String),
  scope_name LowCardinality(String),
  source LowCardinality(String),
  ingestion_api_key LowCardinality(String),
  ingestion_sdk_name LowCardinality(String),
  ingestion_sdk_version LowCardinality(String),
  created_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  updated_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  row_version UInt64,
  is_deleted UInt8,
  model_parameters String EPHEMERAL,
  provided_usage Map(LowCardinality(String), UInt64) EPHEMERAL,
  provided_cost Map(LowCardinality(String), Float64) EPHEMERAL,
  pricing_tier_id LowCardinality(String) EPHEMERAL,
  pricing_tier_name LowCardinality(String) EPHEMERAL,
  tool_definitions Map(String, String) EPHEMERAL,
  tool_calls Array(String) EPHEMERAL,
  experiment_description String EPHEMERAL,
  experiment_metadata Map(LowCardinality(String), String) EPHEMERAL,
  experiment_item_version String EPHEMERAL,
  experiment_item_metadata Map(LowCardinality(String), String) EPHEMERAL,
  experiment_item_expected_output String EPHEMERAL,
  service_version LowCardinality(String) EPHEMERAL,
  scope_version LowCardinality(String) EPHEMERAL,
  telemetry_sdk_language LowCardinality(String) EPHEMERAL,
  telemetry_sdk_name LowCardinality(String) EPHEMERAL,
  telemetry_sdk_version LowCardinality(String) EPHEMERAL,
  batch_key String EPHEMERAL,
  record String DEFAULT formatRowNoNewline('JSONEachRow',
    parent_observation_id, is_app_root, type, name, end_time, completion_start_time, level, status_message,
    environment, version, release, trace_name, user_id, session_id, tags, public,
    model, model_id, model_parameters, prompt_name, prompt_version, provided_usage, usage, provided_cost, cost,
    total_cost, pricing_tier_id, pricing_tier_name, tool_definitions, tool_calls, tool_call_names,
    experiment_id, experiment_name, experiment_description, experiment_metadata, experiment_dataset_id,
    experiment_item_id, experiment_item_version, experiment_item_metadata, experiment_item_root_observation_id,
    experiment_item_expected_output,
    service_name, service_version, scope_name, scope_version,
    telemetry_sdk_language, telemetry_sdk_name, telemetry_sdk_version,
    source, ingestion_api_key, ingestion_sdk_name, ingestion_sdk_version, batch_key, created_at, updated_at
  ) CODEC(ZSTD(1)),
  INDEX trace_id_bloom trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX id_bloom id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX user_id_bloom user_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX session_id_bloom session_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree(row_version, is_deleted)
PARTITION BY toYYYYMM(start_time)
ORDER BY (project_id, toStartOfMinute(start_time), trace_id, id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, enable_mixed_granularity_parts = 1, index_granularity = 128,
  max_compress_block_size = 131072, merge_selector_base = 15;

CREATE TABLE IF NOT EXISTS tracewell.traces ON CLUSTER main
(
  project_id LowCardinality(String),
  trace_id String,
  first_start SimpleAggregateFunction(min, DateTime64(6, 'UTC')),
  last_start SimpleAggregateFunction(max, DateTime64(6, 'UTC')),
  record SimpleAggregateFunction(max, Tuple(
    row_version UInt64, timestamp DateTime64(6, 'UTC'), name String, user_id String, session_id String,
    release String, version String, environment String, tags Array(String), public UInt8)),
  trace_name SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), id String, value String)),
  root_name SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), id String, value String)),
  user_id SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), id String, value String)),
  session_id SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), id String, value String)),
  release SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), id String, value String)),
  version SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), id String, value String)),
  environment SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), id String, value String)),
  tags SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), id String, value Array(String))),
  public SimpleAggregateFunction(max, UInt8)
)
ENGINE = ReplicatedAggregatingMergeTree()
ORDER BY (project_id, trace_id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS tracewell.traces_from_observations ON CLUSTER main
TO tracewell.traces AS
SELECT
  o.project_id AS project_id,
  o.trace_id AS trace_id,
  min(o.start_time) AS first_start,
  max(o.start_time) AS last_start,
  maxIf(CAST(
    (o.row_version, o.start_time, o.trace_name, o.user_id, o.session_id, o.release, o.version, o.environment, o.tags, ifNull(o.public, false)),
    'Tuple(row_version UInt64, timestamp DateTime64(6, ''UTC''), name String, user_id String, session_id String, release String, version String, environment String, tags Array(String), public UInt8)'
  ), o.kind = 'trace') AS record,
  maxIf((o.start_time, o.id, o.trace_name), o.kind = 'observation' AND o.trace_name != '') AS trace_name,
  maxIf((o.start_time, o.id, o.name), o.kind = 'observation' AND (o.parent_observation_id = '' OR o.is_app_root)) AS root_name,
  maxIf((o.start_time, o.id, o.user_id), o.kind = 'observation' AND o.user_id != '') AS user_id,
  maxIf((o.start_time, o.id, o.session_id), o.kind = 'observation' AND o.session_id != '') AS session_id,
  maxIf((o.start_time, o.id, o.release), o.kind = 'observation' AND o.release != '') AS release,
  maxIf((o.start_time, o.id, o.version), o.kind = 'observation' AND o.version != '') AS version,
  maxIf((o.start_time, o.id, CAST(o.environment, 'String')), o.kind = 'observation' AND o.environment != '') AS environment,
  maxIf((o.start_time, o.id, CAST(o.tags, 'Array(String)')), o.kind = 'observation' AND notEmpty(o.tags)) AS tags,
  max(toUInt8(o.kind = 'observation' AND ifNull(o.public, false))) AS public
FROM tracewell.observations AS o
WHERE o.is_deleted = 0
GROUP BY project_id, trace_id;

CREATE TABLE IF NOT EXISTS tracewell.scores ON CLUSTER main
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
ENGINE = ReplicatedReplacingMergeTree(row_version, is_deleted)
PARTITION BY toYYYYMM(timestamp)
ORDER BY (project_id, toStartOfDay(timestamp), id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800;

CREATE TABLE IF NOT EXISTS tracewell.ingestion_events ON CLUSTER main
(
  project_id LowCardinality(String),
  entity Enum8('trace' = 0, 'observation' = 1, 'score' = 2),
  entity_id String,
  event_id String,
  body_hash String,
  event_type LowCardinality(String),
  timestamp DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  body String CODEC(ZSTD(1)),
  ingestion_api_key LowCardinality(String),
  ingestion_sdk_name LowCardinality(String),
  ingestion_sdk_version LowCardinality(String),
  batch_key String CODEC(ZSTD(1)),
  received_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplicatedReplacingMergeTree()
ORDER BY (project_id, entity, entity_id, event_id, body_hash)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, index_granularity = 1024;

CREATE TABLE IF NOT EXISTS tracewell.deletions ON CLUSTER main
(
  project_id LowCardinality(String),
  entity Enum8('trace' = 0, 'observation' = 1, 'score' = 2),
  entity_id String,
  deleted_at DateTime64(6, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(deleted_at)
ORDER BY (project_id, entity, entity_id)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800;

ALTER TABLE tracewell.deletions ON CLUSTER main
  MODIFY COLUMN entity Enum8('trace' = 0, 'observation' = 1, 'score' = 2, 'project' = 3);
