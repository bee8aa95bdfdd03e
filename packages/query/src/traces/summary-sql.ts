import { isObservation, isRoot } from '../observations/usage-expressions';
import type { ProjectScope } from '../sql/project-scope';
import { count, type Sql, sql, textList, time } from '../sql/sql';
import * as metrics from './metric-columns';
import { maxListedObservationIds } from './trace-summary';

/** Which traces, and between which starts all of their rows lie. */
export interface TraceBounds {
  ids: readonly string[];
  firstStart: number;
  lastStart: number;
}

/** By minutes, the unit of the sorting key: what is true of one version of a row is true of all. */
export const minutesBetween = (bounds: { firstStart: number; lastStart: number }): Sql[] => [
  sql`toStartOfMinute(start_time) >= toStartOfMinute(${time(bounds.firstStart)})`,
  sql`toStartOfMinute(start_time) <= toStartOfMinute(${time(bounds.lastStart)})`,
];

/** Current rows of these traces, and only the granules they lie in. */
export const rowsOfTraces = (scope: ProjectScope, bounds: TraceBounds, where: readonly Sql[] = []): Sql =>
  scope.current('observations', {
    key: [...minutesBetween(bounds), sql`trace_id IN ${textList(bounds.ids)}`],
    where,
  });

const isRecord = sql`kind = 'trace'`;
const recorded = (column: Sql): Sql => sql`argMaxIf(${column}, row_version, ${isRecord})`;
const latestSaid = (column: Sql): Sql =>
  sql`argMaxIf(${column}, start_time, ${isObservation} AND ${column} != '')`;
const saidText = (column: Sql, otherwise: Sql): Sql =>
  sql`multiIf(${recorded(column)} != '', ${recorded(column)}, ${latestSaid(column)} != '', ${latestSaid(column)}, ${otherwise})`;

/** What speaks for the payload of a trace: its record, else the latest span that spoke of it, else its root. */
const payloadRank = (own: Sql, said: Sql): Sql =>
  sql`multiIf(${isRecord} AND ${own} != '', 3, ${said} != '', 2, ${isRoot} AND ${own} != '', 1, 0)`;
const payload = (own: Sql, said: Sql, cut: (value: Sql) => Sql, ownCut: Sql): Sql =>
  sql`argMax(multiIf(${payloadRank(own, said)} = 2, ${cut(said)}, ${payloadRank(own, said)} = 0, '', ${ownCut}), (${payloadRank(own, said)}, start_time, id))`;

const preview = (value: Sql): Sql => sql`substringUTF8(${value}, 1, 200)`;
const whole = (value: Sql): Sql => value;

/**
 * One row per trace. The rules for what a trace is called, whose it is and so on are those of the index (see
 * `index-columns.ts`), over the rows themselves.
 */
export function summarySql(
  scope: ProjectScope,
  bounds: TraceBounds,
  fields: { observationIds: boolean },
): Sql {
  const ids = fields.observationIds
    ? sql`groupArrayIf(${count(maxListedObservationIds)})(id, ${isObservation})`
    : sql`CAST([], 'Array(String)')`;
  return sql`
    SELECT
      trace_id AS traceId,
      countIf(${isRecord}) > 0 AS hasRecord,
      toUnixTimestamp64Micro(if(hasRecord, ${recorded(sql`start_time`)}, min(start_time))) AS timestampUs,
      ${saidText(sql`trace_name`, sql`argMaxIf(name, start_time, ${isRoot})`)} AS nameOf,
      ${saidText(sql`user_id`, sql`''`)} AS userId,
      ${saidText(sql`session_id`, sql`''`)} AS sessionId,
      ${saidText(sql`release`, sql`''`)} AS releaseOf,
      ${saidText(sql`version`, sql`''`)} AS versionOf,
      ${saidText(sql`environment`, sql`'default'`)} AS environmentOf,
      if(notEmpty(${recorded(sql`tags`)}), ${recorded(sql`tags`)}, argMaxIf(tags, start_time, ${isObservation} AND notEmpty(tags))) AS tagsOf,
      if(hasRecord, ${recorded(sql`ifNull(public, false)`)}, max(ifNull(public, false))) AS publicOf,
      ${metrics.worstLevel} AS worstLevel,
      ${metrics.observationCount} AS observationCount,
      ${metrics.debugCount} AS debugCount,
      ${metrics.defaultCount} AS defaultCount,
      ${metrics.warningCount} AS warningCount,
      ${metrics.errorCount} AS errorCount,
      toUnixTimestamp64Micro(minIf(start_time, ${isObservation})) AS firstStartUs,
      toUnixTimestamp64Micro(maxIf(start_time, ${isObservation})) AS lastStartUs,
      toUnixTimestamp64Micro(maxIf(end_time, ${isObservation})) AS lastEndUs,
      ${metrics.latencyUs} AS latencyUs,
      sumMap(usage) AS usageOf,
      sumMap(cost) AS costOf,
      ${metrics.totalCost} AS totalCost,
      ${metrics.models} AS models,
      ${payload(sql`input_preview`, sql`trace_input`, preview, sql`input_preview`)} AS inputPreview,
      ${payload(sql`output_preview`, sql`trace_output`, preview, sql`output_preview`)} AS outputPreview,
      sum(toUInt64(input_length) + output_length) AS payloadBytes,
      toUnixTimestamp64Micro(min(created_at)) AS createdAtUs,
      toUnixTimestamp64Micro(max(updated_at)) AS updatedAtUs,
      ${ids} AS observationIds
    FROM ${rowsOfTraces(scope, bounds)}
    GROUP BY trace_id`;
}

/** Distinct maps of one trace that are merged to its metadata; a client that repeats itself says no more. */
export const maxMetadataMaps = 1_000;

/** Whole payloads and metadata: only of the rows that can speak for their trace. */
export function ioSql(scope: ProjectScope, bounds: TraceBounds): Sql {
  const speaks = sql`${isRecord} OR ${isRoot} OR trace_input != '' OR trace_output != '' OR notEmpty(trace_metadata)`;
  return sql`
    SELECT
      trace_id AS traceId,
      ${payload(sql`input`, sql`trace_input`, whole, sql`input`)} AS inputOf,
      ${payload(sql`output`, sql`trace_output`, whole, sql`output`)} AS outputOf,
      groupArrayIf(${count(maxMetadataMaps)})((toUInt8(${isRecord}), toUnixTimestamp64Micro(start_time), metadata), (${isRecord} OR ${isRoot}) AND notEmpty(metadata)) AS ownMetadata,
      groupArrayIf(${count(maxMetadataMaps)})((toUnixTimestamp64Micro(start_time), trace_metadata), notEmpty(trace_metadata)) AS saidMetadata
    FROM ${rowsOfTraces(scope, bounds, [speaks])}
    GROUP BY trace_id`;
}
