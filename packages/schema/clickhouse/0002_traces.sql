-- The index of traces: what lists are ordered and filtered by, one aggregated row per trace, kept by the view
-- below. Every state is idempotent (a resent observation changes nothing) and independent of arrival order: a
-- value is chosen by the start time of the observation that says it. Sums are not kept here; they are taken
-- from the observations of the traces that are shown.
CREATE TABLE IF NOT EXISTS {database}.traces {on_cluster}
(
  project_id LowCardinality(String),
  trace_id String,
  first_start SimpleAggregateFunction(min, DateTime64(6, 'UTC')),
  last_start SimpleAggregateFunction(max, DateTime64(6, 'UTC')),
  -- What a trace-create said as a whole: (name, user, session, release, version, environment, tags, public,
  -- timestamp). The fold that knew more events is the one that counts.
  record AggregateFunction(argMax, Tuple(
    name String, user_id String, session_id String, release String, version String, environment String,
    tags Array(String), public UInt8, timestamp DateTime64(6, 'UTC')), UInt64),
  has_record SimpleAggregateFunction(max, UInt8),
  -- What spans said.
  trace_name AggregateFunction(argMaxIf, String, Tuple(DateTime64(6, 'UTC'), String), UInt8),
  root_name AggregateFunction(argMaxIf, String, Tuple(DateTime64(6, 'UTC'), String), UInt8),
  user_id AggregateFunction(argMaxIf, String, Tuple(DateTime64(6, 'UTC'), String), UInt8),
  session_id AggregateFunction(argMaxIf, String, Tuple(DateTime64(6, 'UTC'), String), UInt8),
  release AggregateFunction(argMaxIf, String, Tuple(DateTime64(6, 'UTC'), String), UInt8),
  version AggregateFunction(argMaxIf, String, Tuple(DateTime64(6, 'UTC'), String), UInt8),
  environment AggregateFunction(argMaxIf, String, Tuple(DateTime64(6, 'UTC'), String), UInt8),
  tags AggregateFunction(argMaxIf, Array(String), Tuple(DateTime64(6, 'UTC'), String), UInt8),
  public SimpleAggregateFunction(max, UInt8)
)
ENGINE = {engine:AggregatingMergeTree()}
ORDER BY (project_id, trace_id)
SETTINGS {dedup_window};

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.traces_from_observations {on_cluster}
TO {database}.traces AS
SELECT
  project_id,
  trace_id,
  min(start_time) AS first_start,
  max(start_time) AS last_start,
  argMaxState(CAST(
    (trace_name, user_id, session_id, release, version, environment, tags, ifNull(public, false), start_time),
    'Tuple(name String, user_id String, session_id String, release String, version String, environment String, tags Array(String), public UInt8, timestamp DateTime64(6, ''UTC''))'
  ), if(kind = 'trace', row_version, toUInt64(0))) AS record,
  max(toUInt8(kind = 'trace')) AS has_record,
  argMaxIfState(trace_name, (start_time, id), toUInt8(trace_name != '')) AS trace_name,
  argMaxIfState(name, (start_time, id), toUInt8(kind = 'observation' AND (parent_observation_id = '' OR is_app_root))) AS root_name,
  argMaxIfState(user_id, (start_time, id), toUInt8(user_id != '')) AS user_id,
  argMaxIfState(session_id, (start_time, id), toUInt8(session_id != '')) AS session_id,
  argMaxIfState(release, (start_time, id), toUInt8(release != '')) AS release,
  argMaxIfState(version, (start_time, id), toUInt8(version != '')) AS version,
  argMaxIfState(environment, (start_time, id), toUInt8(environment != '')) AS environment,
  argMaxIfState(CAST(tags, 'Array(String)'), (start_time, id), toUInt8(notEmpty(tags))) AS tags,
  max(toUInt8(ifNull(public, false))) AS public
FROM {database}.observations
WHERE is_deleted = 0
GROUP BY project_id, trace_id;
