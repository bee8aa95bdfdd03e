import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { allOf, count, type Sql, sql } from '../sql/sql';
import * as index from '../traces/index-columns';
import { errorCount, latencyUs, models, totalCost, totalTokens, worstLevel } from '../traces/metric-columns';
import { metricRows, type TraceSelection, traceConditions } from '../traces/trace-filter';
import { type DifferentField, rankDifferences } from './rank-differences';

export interface TraceDifferences {
  projectId: string;
  /** All traces that are looked at. */
  selection: TraceSelection;
  /** Those of them that are compared with the others. */
  region: TraceSelection;
}

export interface Differences {
  insideCount: number;
  outsideCount: number;
  fields: DifferentField[];
  measures: DifferentMeasure[];
}

/** Medians; null without traces. */
export interface DifferentMeasure {
  measure: 'latencyMs' | 'totalCost' | 'totalTokens' | 'errorCount';
  inside: number | null;
  outside: number | null;
}

/** Values that are counted; the rarest beyond them cannot set a region apart that is worth looking at. */
const maxValues = 5_000;

/**
 * What sets the traces of a region apart from the other traces of a selection: values of their fields that they have
 * more or less often, by effect, and the medians of what is measured.
 */
export async function traceDifferences(
  columnar: Columnar,
  { projectId, selection, region }: TraceDifferences,
): Promise<Differences> {
  const scope = new ProjectScope(projectId);
  const [ofIndex, ofRows, ofScores] = await Promise.all([
    readCounts(columnar, indexPairs(scope, selection, region)),
    readCounts(columnar, rowPairs(scope, selection, region)),
    readCounts(columnar, scorePairs(scope, selection, region)),
  ]);
  const measures = await readMeasures(columnar, scope, selection, region);
  return {
    insideCount: measures.inside,
    outsideCount: measures.outside,
    fields: rankDifferences([...ofIndex, ...ofRows, ...ofScores], measures),
    measures: measures.medians,
  };
}

/** `trace_id, inside` of the traces of the selection. */
function meant(scope: ProjectScope, selection: TraceSelection, region: TraceSelection): Sql {
  const all = traceConditions(scope, selection);
  return sql`
    SELECT trace_id, trace_id IN (${idsOf(scope, region)}) AS inside
    FROM ${scope.versions('traces', { key: all.key })} GROUP BY trace_id HAVING ${allOf(all.having)}`;
}

function idsOf(scope: ProjectScope, selection: TraceSelection): Sql {
  const { having, key } = traceConditions(scope, selection);
  return sql`SELECT trace_id FROM ${scope.versions('traces', { key })} GROUP BY trace_id HAVING ${allOf(having)}`;
}

const pair = (field: Sql, value: Sql): Sql => sql`(${field}, ${value})`;

/** What the index of traces says of each. */
function indexPairs(scope: ProjectScope, selection: TraceSelection, region: TraceSelection): Sql {
  const all = traceConditions(scope, selection);
  const single = [
    pair(sql`'name'`, index.traceName),
    pair(sql`'userId'`, index.traceUserId),
    pair(sql`'environment'`, index.traceEnvironment),
    pair(sql`'version'`, index.traceVersion),
    pair(sql`'release'`, index.traceRelease),
  ];
  return sql`
    SELECT trace_id, trace_id IN (${idsOf(scope, region)}) AS inside,
      arrayConcat([${listed(single)}], arrayMap(tag -> ('tags', toString(tag)), ${index.traceTags})) AS pairs
    FROM ${scope.versions('traces', { key: all.key })} GROUP BY trace_id HAVING ${allOf(all.having)}`;
}

/** What their observations say. */
function rowPairs(scope: ProjectScope, selection: TraceSelection, region: TraceSelection): Sql {
  const many = (field: Sql, values: Sql): Sql =>
    sql`arrayMap(value -> (${field}, toString(value)), ${values})`;
  const prompt = sql`if(prompt_name = '', '', concat(prompt_name, ifNull(concat(' v', toString(prompt_version)), '')))`;
  return sql`
    SELECT trace_id, any(meant.inside) AS inside,
      arrayConcat(
        [('level', ${worstLevel})],
        ${many(sql`'model'`, models)},
        ${many(sql`'prompt'`, sql`groupUniqArray(50)(${prompt})`)},
        ${many(sql`'tool'`, sql`groupUniqArrayArray(100)(tool_call_names)`)},
        ${many(sql`'observation'`, sql`groupUniqArray(200)(name)`)},
        ${many(sql`'statusMessage'`, sql`groupUniqArray(20)(substringUTF8(status_message, 1, 200))`)}
      ) AS pairs
    FROM (SELECT trace_id, kind, level, model, name, status_message, prompt_name, prompt_version, tool_call_names FROM ${metricRows(scope, selection)}) AS rows
    INNER JOIN (${meant(scope, selection, region)}) AS meant USING (trace_id)
    GROUP BY trace_id`;
}

/** How they were judged, where it was in words. */
function scorePairs(scope: ProjectScope, selection: TraceSelection, region: TraceSelection): Sql {
  return sql`
    SELECT trace_id, any(meant.inside) AS inside,
      groupUniqArray(200)((concat('score.', name), string_value)) AS pairs
    FROM (SELECT trace_id, name, string_value FROM ${scope.current('scores', { where: [sql`data_type IN ('CATEGORICAL', 'BOOLEAN')`] })}) AS rows
    INNER JOIN (${meant(scope, selection, region)}) AS meant USING (trace_id)
    GROUP BY trace_id`;
}

async function readCounts(columnar: Columnar, traces: Sql) {
  const rows = await readRows<{ field: string; value: string; insides: Integer; outsides: Integer }>(
    columnar,
    'traces.differences',
    sql`
      SELECT pair.1 AS field, pair.2 AS value, countIf(inside) AS insides, countIf(NOT inside) AS outsides
      FROM (SELECT inside, arrayJoin(arrayDistinct(pairs)) AS pair FROM (${traces}))
      WHERE value != ''
      GROUP BY field, value
      ORDER BY count() DESC
      LIMIT ${count(maxValues)}`,
  );
  return rows.map(({ field, value, insides, outsides }) => ({
    field,
    value,
    inside: toNumber(insides),
    outside: toNumber(outsides),
  }));
}

const measured = {
  latencyMs: sql`${latencyUs} / 1000`,
  totalCost,
  totalTokens: sql`toFloat64(${totalTokens})`,
  errorCount: sql`toFloat64(${errorCount})`,
} as const satisfies Record<DifferentMeasure['measure'], Sql>;

async function readMeasures(
  columnar: Columnar,
  scope: ProjectScope,
  selection: TraceSelection,
  region: TraceSelection,
) {
  const names = Object.keys(measured) as DifferentMeasure['measure'][];
  const rows = await readRows<{ inside: number | boolean; total: Integer; medians: number[] }>(
    columnar,
    'traces.differences.measures',
    sql`
      SELECT inside, count() AS total, medianForEach(measures) AS medians
      FROM (
        SELECT any(meant.inside) AS inside, [${listed(names.map((name) => measured[name]))}] AS measures
        FROM (SELECT trace_id, kind, level, start_time, end_time, usage, cost, total_cost, total_tokens FROM ${metricRows(scope, selection)}) AS rows
        INNER JOIN (${meant(scope, selection, region)}) AS meant USING (trace_id)
        GROUP BY trace_id
      )
      GROUP BY inside`,
  );
  const of = (inside: boolean) => rows.find((row) => Boolean(row.inside) === inside);
  return {
    inside: toNumber(of(true)?.total ?? 0),
    outside: toNumber(of(false)?.total ?? 0),
    medians: names.map((measure, at) => ({
      measure,
      inside: of(true)?.medians[at] ?? null,
      outside: of(false)?.medians[at] ?? null,
    })),
  };
}

const listed = (items: readonly Sql[]): Sql => items.reduce((all, item) => sql`${all}, ${item}`);
