import type { Condition, Filter } from '@tracewell/domain';
import type { SearchExpression } from '@tracewell/domain/search/index';
import type { ColumnTable } from '../filter/column';
import { columnOf, renderFilter } from '../filter/render-condition';
import { anyOf, equals, hasAllOf, mergeFilter, type TimeRange } from '../filter/simple-parameters';
import type { ProjectScope } from '../sql/project-scope';
import { allOf, type Sql, sql, time } from '../sql/sql';
import * as index from './index-columns';
import { metricColumns, scoreColumns } from './metric-columns';
import { renderTraceSearch } from './trace-search';

/** Which traces are meant. `filter` is the wire's; a condition of it replaces the parameter of the same column. */
export interface TraceSelection extends TimeRange {
  filter?: Filter;
  userId?: string | undefined;
  name?: string | undefined;
  sessionId?: string | undefined;
  version?: string | undefined;
  release?: string | undefined;
  /** All of them. */
  tags?: readonly string[] | undefined;
  /** Any of them. */
  environment?: readonly string[] | undefined;
  /** Of the search language, with fields of `traceFields`. */
  search?: SearchExpression | null | undefined;
}

/** Every column a filter on traces may name. */
export const traceColumns: ColumnTable = new Map([...index.indexColumns, ...metricColumns, ...scoreColumns]);

/** A selection taken apart by who can answer it. */
export interface TraceConditions {
  /** For the HAVING of the index. */
  having: Sql[];
  /** Of rows of the index before they are merged: which traces, by their id alone. */
  key: Sql[];
}

const aliases = { traceName: 'name', traceTags: 'tags' };

export function traceConditions(scope: ProjectScope, selection: TraceSelection): TraceConditions {
  const filter = mergeFilter(
    [
      equals('userId', selection.userId),
      equals('name', selection.name),
      equals('sessionId', selection.sessionId),
      equals('version', selection.version),
      equals('release', selection.release),
      hasAllOf('tags', selection.tags),
      anyOf('environment', selection.environment),
    ],
    selection.filter ?? [],
    aliases,
  );
  // Refuses unknown columns with the whole list of known ones.
  for (const condition of filter) columnOf(traceColumns, condition);
  const ofTable = (table: ColumnTable): Condition[] => filter.filter(({ column }) => table.has(column));

  const rows = { metrics: metricRows(scope, selection), texts: searchedRows(scope, selection) };
  const search = renderTraceSearch(scope, selection.search, rows);
  const having = [
    ...timeConditions(selection),
    ...renderFilter(scope, index.indexColumns, ofTable(index.indexColumns)),
    ...search.index,
  ];
  const key = [...renderFilter(scope, scoreColumns, ofTable(scoreColumns)), ...search.key];
  const metrics = [...renderFilter(scope, metricColumns, ofTable(metricColumns)), ...search.metrics];
  if (metrics.length > 0) key.push(isAmong(rows.metrics, metrics));
  if (search.texts.length > 0) key.push(isAmong(rows.texts, search.texts));
  return { having, key };
}

/** A trace's time is its record's, or its first start: what the list shows is what the range means. */
function timeConditions({ from, to }: TimeRange): Sql[] {
  const conditions: Sql[] = [];
  if (from !== undefined) conditions.push(sql`${index.traceTimestamp} >= ${time(from)}`);
  if (to !== undefined) conditions.push(sql`${index.traceTimestamp} < ${time(to)}`);
  return conditions;
}

const isAmong = (rows: Sql, having: readonly Sql[]): Sql =>
  sql`trace_id IN (SELECT trace_id FROM ${rows} GROUP BY trace_id HAVING ${allOf(having)})`;

/** The observations of the traces of a time range, and possibly more: from the first start to the last. */
export const metricRows = (scope: ProjectScope, range: TimeRange): Sql =>
  scope.current('observations', { key: traceBounds(scope, range) });

/** As they came: a version that is withdrawn may be found too until the store merges it away. */
const searchedRows = (scope: ProjectScope, range: TimeRange): Sql =>
  scope.versions('observations', { key: traceBounds(scope, range), where: [sql`is_deleted = 0`] });

function traceBounds(scope: ProjectScope, range: TimeRange): Sql[] {
  const within = timeConditions(range);
  if (within.length === 0) return [];
  const bounds = sql`SELECT ${index.firstStart} AS starts, ${index.lastStart} AS ends FROM ${scope.versions('traces')} GROUP BY trace_id HAVING ${allOf(within)}`;
  // By minutes, the unit of the sorting key: what is true of one version of a row is true of all.
  return [
    sql`toStartOfMinute(start_time) >= (SELECT toStartOfMinute(min(starts)) FROM (${bounds}))`,
    sql`toStartOfMinute(start_time) <= (SELECT toStartOfMinute(max(ends)) FROM (${bounds}))`,
  ];
}
