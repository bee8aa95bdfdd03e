import { isObservation, isRoot } from '../observations/usage-expressions';
import type { ProjectScope } from '../sql/project-scope';
import { count, type Sql, sql, textList, time } from '../sql/sql';
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

/**
 * One row per trace: what its record says, what its spans said last, and what its last root says, each apart.
 * Who speaks first is decided where the row is read (`summarise-traces.ts`): as SQL the choice would be planned
 * anew, at several times the cost of reading the rows. For the same reason texts stand in arrays: one aggregate
 * takes the latest non-empty value at each place, where `argMaxIf` would be eleven.
 */
export function summarySql(
  scope: ProjectScope,
  bounds: TraceBounds,
  depth: PayloadDepth,
  fields: { observationIds: boolean },
): Sql {
  const whole = depth === 'whole';
  const shown = (column: Sql): Sql => (whole ? column : sql`substringUTF8(${column}, 1, 200)`);
  const ids = fields.observationIds
    ? sql`, groupArrayIf(${count(maxListedObservationIds)})(id, observed) AS observationIds`
    : sql``;
  const metadata = whole
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
      argMaxForEach(said, arrayMap(value -> if(value = '', 0, at), said)) AS latestSaid,
      argMaxIf(tags, at, observed AND notEmpty(tags)) AS saidTags,
      maxIf(ifNull(public, false), observed) AS saidPublic,
      argMaxForEach(ofRoot, arrayMap(value -> if(value = '', 0, at), ofRoot)) AS latestOfRoot,
      sumMap(map(toString(level), toUInt64(observed))) AS levelCounts,
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
        trace_id, id, row_version, trace_name, user_id, session_id, release, version, environment, tags, public,
        level, end_time, usage, cost, model, input_length, output_length, created_at, updated_at,${whole ? sql` metadata, trace_metadata,` : sql``}
        toUnixTimestamp64Micro(start_time) AS at,
        ${isObservation} AS observed,
        ${isRoot} AS root,
        ${whole ? sql`input` : sql`input_preview`} AS ownInput,
        ${whole ? sql`output` : sql`output_preview`} AS ownOutput,
        if(observed, [trace_name, user_id, session_id, release, version, toString(environment), ${shown(sql`trace_input`)}, ${shown(sql`trace_output`)}], emptyArrayString()) AS said,
        if(root, [name, ownInput, ownOutput], emptyArrayString()) AS ofRoot
      FROM ${rowsOfTraces(scope, bounds)}
    )
    GROUP BY trace_id`;
}
