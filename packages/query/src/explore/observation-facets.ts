import type { Columnar } from '@tracewell/engines/columnar/port';
import { promptOfRow } from '../observations/observation-search';
import { type ObservationSelection, observationConditions } from '../observations/observation-selection';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, type Sql, sql, text } from '../sql/sql';
import { maxFacetValues } from './trace-facets';

export type ObservationFacetField =
  | 'name'
  | 'traceName'
  | 'type'
  | 'level'
  | 'model'
  | 'prompt'
  | 'tool'
  | 'environment'
  | 'userId'
  | 'sessionId'
  | 'tags'
  | 'version'
  | 'release'
  /** Names of scores, and keys of metadata: what a search can ask for. */
  | 'scoreName'
  | 'metadataKey';

export interface ObservationFacets extends ObservationSelection {
  projectId: string;
  field: ObservationFacetField;
  /** Part of the value, whatever its case. */
  valueSearch?: string | undefined;
  limit: number;
}

/** The values of one field among the observations that are meant, the most frequent first, without the empty one. */
export async function observationFacets(
  columnar: Columnar,
  request: ObservationFacets,
): Promise<{ value: string; count: number }[]> {
  const scope = new ProjectScope(request.projectId);
  const meant = (columns: Sql): Sql =>
    sql`SELECT ${columns} FROM ${scope.current('observations', observationConditions(scope, request))}`;
  const values =
    request.field === 'scoreName'
      ? sql`SELECT DISTINCT trace_id, observation_id, toString(name) AS value FROM ${scope.current('scores', { where: [sql`(trace_id, observation_id) IN (${meant(sql`trace_id, id`)})`] })}`
      : meant(sql`${carried[request.field]} AS value`);
  const found = request.valueSearch
    ? sql`positionCaseInsensitiveUTF8(value, ${text(request.valueSearch)}) > 0`
    : sql`1`;
  const rows = await readRows<{ value: string; total: Integer }>(
    columnar,
    'observations.facets',
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

/** What the row itself carries. */
const carried: Record<Exclude<ObservationFacetField, 'scoreName'>, Sql> = {
  name: sql`name`,
  traceName: sql`trace_name`,
  type: sql`toString(type)`,
  level: sql`toString(level)`,
  model: sql`toString(model)`,
  prompt: sql`arrayJoin(${promptOfRow})`,
  tool: sql`toString(arrayJoin(tool_call_names))`,
  environment: sql`toString(environment)`,
  userId: sql`user_id`,
  sessionId: sql`session_id`,
  tags: sql`toString(arrayJoin(tags))`,
  version: sql`version`,
  release: sql`release`,
  metadataKey: sql`toString(arrayJoin(mapKeys(metadata)))`,
};
