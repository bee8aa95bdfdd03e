-- What was deleted, and when: a batch received before the deletion never brings it back, however late it is
-- retried or replayed.
CREATE TABLE IF NOT EXISTS {database}.deletions {on_cluster}
(
  project_id LowCardinality(String),
  entity Enum8('trace' = 0, 'observation' = 1, 'score' = 2),
  entity_id String,
  deleted_at DateTime64(6, 'UTC')
)
ENGINE = {engine:ReplacingMergeTree(deleted_at)}
ORDER BY (project_id, entity, entity_id)
SETTINGS {dedup_window};
