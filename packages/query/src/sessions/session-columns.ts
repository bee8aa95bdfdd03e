import type { ProjectScope } from '../sql/project-scope';
import { allOf, type Sql, sql } from '../sql/sql';
import * as index from '../traces/index-columns';
import * as metrics from '../traces/metric-columns';

/** What the traces of a session say of it, as aggregates over `tracesOfSessions` (`GROUP BY sessionId`). */
export const firstTraceAt = sql`min(timestampOf)`;
export const lastTraceAt = sql`max(timestampOf)`;
export const traceCount = sql`count()`;
export const userIds = sql`groupUniqArrayIf(1000)(userIdOf, userIdOf != '')`;
export const environments = sql`groupUniqArray(1000)(environmentOf)`;
export const tags = sql`groupUniqArrayArray(1000)(tagsOf)`;

/** And these, over `measuredTracesOfSessions` only. Of traces that failed: some observation has an error. */
export const errorCount = sql`countIf(measured.errors > 0)`;
/** Rounded as that of a trace is. */
export const totalCost = sql`round(sum(measured.cost), 9)`;
export const totalTokens = sql`sum(measured.tokens)`;
/** From the beginning of the first trace to the last end of any. */
export const durationUs = sql`(max(toUnixTimestamp64Micro(timestampOf) + measured.latency) - toUnixTimestamp64Micro(${firstTraceAt}))`;

/** One row per trace that names a session, from the index alone. `having`: also over the rows of a trace. */
export const tracesOfSessions = (scope: ProjectScope, having: readonly Sql[] = []): Sql => sql`
  SELECT
    trace_id AS traceId,
    ${index.traceSessionId} AS sessionId,
    ${index.traceTimestamp} AS timestampOf,
    ${index.traceEnvironment} AS environmentOf,
    ${index.traceUserId} AS userIdOf,
    ${index.traceTags} AS tagsOf,
    ${index.firstStart} AS firstStartOf,
    ${index.lastStart} AS lastStartOf
  FROM ${scope.versions('traces')}
  GROUP BY trace_id
  HAVING ${allOf([sql`${index.traceSessionId} != ''`, ...having])}`;

/** The same with what `observations`, rows of theirs, add up to. */
export const measuredTracesOfSessions = (traces: Sql, observations: Sql): Sql => sql`
  (${traces}) AS named
  LEFT JOIN (
    SELECT
      trace_id AS traceId,
      ${metrics.errorCount} AS errors,
      ${metrics.totalCost} AS cost,
      ${metrics.totalTokens} AS tokens,
      ${metrics.latencyUs} AS latency
    FROM ${observations}
    GROUP BY trace_id
  ) AS measured USING (traceId)`;
