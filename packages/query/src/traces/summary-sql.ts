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

/** Distinct maps of one trace that are merged to its metadata; a client that repeats itself says no more. */
export const maxMetadataMaps = 1_000;

/** What a summary reads of payloads: their first 200 characters, or all of them and the metadata. */
export type PayloadDepth = 'preview' | 'whole';

const shown = (column: Sql, depth: PayloadDepth): Sql =>
  depth === 'whole' ? column : sql`substringUTF8(${column}, 1, 200)`;

/**
 * One row per trace: what its record says, what its spans said last, and what its last root says, each apart.
 * Who speaks first is decided where the row is read (`summarise-traces.ts`): as SQL the choice would be planned
 * anew, at several times the cost of reading the rows.
 */
export function summarySql(
  scope: ProjectScope,
  bounds: TraceBounds,
  depth: PayloadDepth,
  fields: { observationIds: boolean },
): Sql {
  const said = (column: Sql): Sql => sql`argMaxIf(${column}, at, observed AND ${column} != '')`;
  const ids = fields.observationIds
    ? sql`, groupArrayIf(${count(maxListedObservationIds)})(id, observed) AS observationIds`
    : sql``;
  const metadata =
    depth === 'whole'
      ? sql`,
      argMaxIf(metadata, row_version, NOT observed) AS recordMetadata,
      groupArrayIf(${count(maxMetadataMaps)})((at, trace_metadata), notEmpty(trace_metadata)) AS saidMetadata,
      groupArrayIf(${count(maxMetadataMaps)})((at, metadata), root AND notEmpty(metadata)) AS rootMetadata`
      : sql``;
  return sql`
    SELECT
      trace_id,
      countIf(NOT observed) AS records,
      argMaxIf((at, trace_name, user_id, session_id, release, version, environment, tags, ifNull(public, false), ownInput, ownOutput), row_version, NOT observed) AS record,
      ${said(sql`trace_name`)} AS saidName,
      ${said(sql`user_id`)} AS saidUserId,
      ${said(sql`session_id`)} AS saidSessionId,
      ${said(sql`release`)} AS saidRelease,
      ${said(sql`version`)} AS saidVersion,
      ${said(sql`environment`)} AS saidEnvironment,
      argMaxIf(tags, at, observed AND notEmpty(tags)) AS saidTags,
      maxIf(ifNull(public, false), observed) AS saidPublic,
      ${said(sql`saidIn`)} AS saidInput,
      ${said(sql`saidOut`)} AS saidOutput,
      argMaxIf(name, at, root) AS rootName,
      argMaxIf(ownInput, at, root AND ownInput != '') AS rootInput,
      argMaxIf(ownOutput, at, root AND ownOutput != '') AS rootOutput,
      countIf(observed AND level = 'DEBUG') AS debugCount,
      countIf(observed AND level = 'DEFAULT') AS defaultCount,
      countIf(observed AND level = 'WARNING') AS warningCount,
      countIf(observed AND level = 'ERROR') AS errorCount,
      min(at) AS firstAt,
      minIf(at, observed) AS firstStart,
      maxIf(at, observed) AS lastStart,
      maxIf(toUnixTimestamp64Micro(end_time), observed) AS lastEnd,
      sumMap(usage) AS usageSum,
      sumMap(cost) AS costSum,
      groupUniqArrayIf(100)(toString(model), model != '') AS models,
      sum(toUInt64(input_length) + output_length) AS payloadBytes,
      min(toUnixTimestamp64Micro(created_at)) AS createdAt,
      max(toUnixTimestamp64Micro(updated_at)) AS updatedAt${ids}${metadata}
    FROM (
      SELECT
        *, input_length, output_length,
        toUnixTimestamp64Micro(start_time) AS at,
        ${isObservation} AS observed,
        ${isRoot} AS root,
        ${depth === 'whole' ? sql`input` : sql`input_preview`} AS ownInput,
        ${depth === 'whole' ? sql`output` : sql`output_preview`} AS ownOutput,
        ${shown(sql`trace_input`, depth)} AS saidIn,
        ${shown(sql`trace_output`, depth)} AS saidOut
      FROM ${rowsOfTraces(scope, bounds)}
    )
    GROUP BY trace_id`;
}
