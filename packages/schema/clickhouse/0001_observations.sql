-- One wide row per observation, with what it says about its trace on it; kind 'trace' holds what a client of
-- the JSON batch API said about a trace as a whole (id '').
--
-- A row is identified by the sorting key. `row_version` grows with what is known of the row; OTLP spans are
-- complete when they arrive, so a resent span replaces itself. Readers never see two versions: lists and point
-- reads take LIMIT 1 BY, aggregates use FINAL within one project and time range.
CREATE TABLE IF NOT EXISTS {database}.observations {on_cluster}
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

  -- What is shown of a row and never asked for by itself: given with the row, kept in its record alone.
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

  -- All that is shown of a row beside its payloads and metadata, in one column: a page of fifty rows opens one
  -- file instead of sixty (ADR 0011). Computed here, so that it says what the columns say.
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
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(start_time)
ORDER BY (project_id, toStartOfMinute(start_time), trace_id, id)
-- Small granules: one trace or one page unpacks the payloads of a few rows, not of eight thousand (ADR 0008). Small
-- blocks and merges that wait for more parts: what a part of eighty columns costs to write (ADR 0009).
SETTINGS {dedup_window}, enable_mixed_granularity_parts = 1, index_granularity = 128,
  max_compress_block_size = 131072, merge_selector_base = 15;
