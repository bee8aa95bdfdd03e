-- Events of the JSON batch API, as they came, by the entity they speak of. The create and update events of one
-- entity are folded to its row by a pure function of this set, so the row does not depend on their order,
-- duplication or spacing. The same event sent again is the same key; `body_hash` keeps two different bodies
-- under one event id apart, so that the fold stays a function of what was received.
CREATE TABLE IF NOT EXISTS {database}.ingestion_events {on_cluster}
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
ENGINE = {engine:ReplacingMergeTree()}
ORDER BY (project_id, entity, entity_id, event_id, body_hash)
SETTINGS {dedup_window}, index_granularity = 1024;
