import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { allOf, count, type Sql, sql, text } from '../sql/sql';
import * as index from '../traces/index-columns';
import { models, observationNames, promptNames, toolNames, worstLevel } from '../traces/metric-columns';
import { metricRows, type TraceSelection, traceConditions } from '../traces/trace-filter';

export type TraceFacetField =
  | 'name'
  | 'userId'
  | 'sessionId'
  | 'tags'
  | 'environment'
  | 'level'
  | 'model'
  | 'version'
  | 'release'
  | 'prompt'
  | 'tool'
  | 'observation'
  /** Names of scores, and keys of metadata: what a search can ask for. */
  | 'scoreName'
  | 'metadataKey';

export interface TraceFacets extends TraceSelection {
  projectId: string;
  field: TraceFacetField;
  /** Part of the value, whatever its case. */
  valueSearch?: string | undefined;
  limit: number;
}

export const maxFacetValues = 1_000;

/** The values of one column among the traces that are meant, the most frequent first, without the empty one. */
export async function traceFacets(
  columnar: Columnar,
  request: TraceFacets,
): Promise<{ value: string; count: number }[]> {
  const scope = new ProjectScope(request.projectId);
  const { having, key } = traceConditions(scope, request);
  const meant = (columns: Sql): Sql =>
    sql`SELECT ${columns} FROM ${scope.versions('traces', { key })} GROUP BY trace_id HAVING ${allOf(having)}`;
  const ofIndex = indexed[request.field];
  const values = ofIndex
    ? meant(sql`${ofIndex} AS value`)
    : request.field === 'scoreName'
      ? sql`SELECT DISTINCT trace_id, toString(name) AS value FROM ${scope.current('scores')} AND trace_id IN (${meant(sql`trace_id`)})`
      : sql`
      SELECT ${ofObservations[request.field]!} AS value
      FROM ${metricRows(scope, request)}
      GROUP BY trace_id
      HAVING trace_id IN (${meant(sql`trace_id`)})`;
  const found = request.valueSearch
    ? sql`positionCaseInsensitiveUTF8(value, ${text(request.valueSearch)}) > 0`
    : sql`1`;
  const rows = await readRows<{ value: string; total: Integer }>(
    columnar,
    'traces.facets',
    sql`
      SELECT value, count() AS total
      FROM (${values})
      WHERE value != '' AND ${found}
      GROUP BY value
      ORDER BY total DESC, value
      LIMIT ${count(Math.min(request.limit, maxFacetValues))}`,
  );
  return rows.map((row) => ({ value: row.value, count: toNumber(row.total) }));
}

const indexed: Partial<Record<TraceFacetField, Sql>> = {
  name: index.traceName,
  userId: index.traceUserId,
  sessionId: index.traceSessionId,
  tags: sql`arrayJoin(${index.traceTags})`,
  environment: index.traceEnvironment,
  version: index.traceVersion,
  release: index.traceRelease,
};

const ofObservations: Partial<Record<TraceFacetField, Sql>> = {
  level: worstLevel,
  model: sql`arrayJoin(${models})`,
  prompt: sql`arrayJoin(${promptNames})`,
  tool: sql`arrayJoin(${toolNames})`,
  observation: sql`arrayJoin(${observationNames})`,
  metadataKey: sql`arrayJoin(groupUniqArrayArray(500)(arrayConcat(mapKeys(metadata), mapKeys(trace_metadata))))`,
};
