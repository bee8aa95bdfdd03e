import { type Sql, sql } from '../sql/sql';

/** Three numbers of a usage or cost map, as `reduceUsage` takes them: by what the keys name. */
export const inputTokens = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'input') > 0, usage)))`;
export const outputTokens = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'output') > 0 AND position(k, 'input') = 0, usage)))`;
export const totalTokens = sql`total_tokens`;
export const inputCost = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'input') > 0, cost)))`;
export const outputCost = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'output') > 0 AND position(k, 'input') = 0, cost)))`;
export const totalCost = sql`total_cost`;

/** Seconds; null without an end, or a first token. */
export const latencySeconds = sql`(toUnixTimestamp64Micro(end_time) - toUnixTimestamp64Micro(start_time)) / 1e6`;
export const timeToFirstTokenSeconds = sql`(toUnixTimestamp64Micro(completion_start_time) - toUnixTimestamp64Micro(start_time)) / 1e6`;
export const tokensPerSecond = sql`if(${latencySeconds} > 0, ${outputTokens} / ${latencySeconds}, NULL)`;

export const isRoot = sql`(kind = 'observation' AND (parent_observation_id = '' OR is_app_root))`;
export const isObservation = sql`kind = 'observation'`;

/** The entry of a trace's metadata, and how much it counts: the trace's record, then its spans, then its root. */
export const traceMetadataValue = (key: Sql): Sql =>
  sql`multiIf(kind = 'trace', metadata[${key}], trace_metadata[${key}] != '', trace_metadata[${key}], ${isRoot}, metadata[${key}], '')`;
export const traceMetadataRank = (key: Sql): Sql =>
  sql`(multiIf(kind = 'trace', 2, trace_metadata[${key}] != '', 1, 0), start_time, id)`;
