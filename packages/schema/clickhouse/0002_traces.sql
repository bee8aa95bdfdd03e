-- The index of traces: what lists are ordered and filtered by, one row per trace, kept by the view below.
-- Every column is a minimum or maximum, so a resent observation changes nothing and arrival order does not
-- matter: a text is kept with the time and id of the observation that says it, and the greatest such tuple is
-- the latest word. Plain tuples rather than aggregate states: one subcolumn is read, not every state, and FINAL
-- gives one row per trace. Sums are not kept here; they are taken from the observations that are shown.
CREATE TABLE IF NOT EXISTS {database}.traces {on_cluster}
(
  project_id LowCardinality(String),
  trace_id String,
  first_start SimpleAggregateFunction(min, DateTime64(6, 'UTC')),
  last_start SimpleAggregateFunction(max, DateTime64(6, 'UTC')),
  -- What a trace-create said as a whole, row_version 0 when none did. The fold that knew more events counts.
  record SimpleAggregateFunction(max, Tuple(
    row_version UInt64, timestamp DateTime64(6, 'UTC'), name String, user_id String, session_id String,
    release String, version String, environment String, tags Array(String), public UInt8)),
  -- What spans said, the latest of each. An empty value when none said anything.
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
ENGINE = {engine:AggregatingMergeTree()}
ORDER BY (project_id, trace_id)
SETTINGS {dedup_window}, index_granularity = 1024;

-- Columns are qualified, as the aliases below bear the same names.
CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.traces_from_observations {on_cluster}
TO {database}.traces AS
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
FROM {database}.observations AS o
WHERE o.is_deleted = 0
GROUP BY project_id, trace_id;
