import { maxMetricRowLimit } from '@tracewell/domain';
import { renderCondition } from '../filter/render-condition';
import { InvalidQuery } from '../invalid-query';
import { ProjectScope } from '../sql/project-scope';
import { allOf, count, identifier, joinSql, type Sql, sql } from '../sql/sql';
import type { ViewContext } from './field';
import { bucketSql } from './granularity';
import { type MetricQuery, maxMetricRows, rowLimitOf, timeKey } from './metric-query';
import { orderKeys, type ResolvedQuery, resolveQuery, unknown } from './resolve-query';

/** The statement of a query, and what its columns are in the answer. */
export interface MetricStatement {
  sql: Sql;
  resolved: ResolvedQuery;
}

/** Columns of the statement: `bucket`, `d0` …, `m0` …. */
export const bucketColumn = 'bucket';
export const dimensionColumn = (index: number): string => `d${index}`;
export const metricColumn = (index: number): string => `m${index}`;

/** Throws `InvalidQuery` for whatever the store could not answer. */
export function metricSql(query: MetricQuery): MetricStatement {
  if (query.from >= query.to) throw new InvalidQuery('fromTimestamp must be before toTimestamp.');
  if (query.rowLimit !== null && !(query.rowLimit >= 1 && query.rowLimit <= maxMetricRowLimit)) {
    throw new InvalidQuery(`config.row_limit must be from 1 to ${maxMetricRowLimit}.`);
  }
  const resolved = resolveQuery(query);
  if (query.manyValued === 'bounded') refuseUnboundedValues(query, resolved);
  const { view, dimensions, metrics } = resolved;
  const context: ViewContext = {
    scope: new ProjectScope(query.projectId),
    from: query.from,
    to: query.to,
    traceColumns: query.traceColumns,
  };

  const groups = dimensions.map((_, index) => identifier(dimensionColumn(index)));
  const columns = [
    ...dimensions.map(({ dimension }, index) => sql`${dimension.value} AS ${groups[index]!}`),
    ...metrics.map(({ value }, index) => sql`${value} AS ${identifier(metricColumn(index))}`),
  ];
  if (query.time) {
    columns.push(sql`${bucketSql(view.time, query.time)} AS ${identifier(bucketColumn)}`);
    groups.push(identifier(bucketColumn));
  }
  const { from, where } = sourceOf(context, resolved);
  const groupBy = groups.length > 0 ? sql`GROUP BY ${joinSql(groups, ', ')}` : sql``;
  return {
    resolved,
    sql: sql`
      SELECT ${joinSql(columns, ', ')}
      FROM ${from}
      WHERE ${where}
      ${groupBy}
      ORDER BY ${joinSql([...orderOf(query, resolved), ...groups], ', ')}
      LIMIT ${count(rowLimitOf(query) ?? maxMetricRows + 1)}`,
  };
}

/** Groups by an id are as many as the rows: asked for are the greatest of them, or none. */
function refuseUnboundedValues(query: MetricQuery, { dimensions, metrics }: ResolvedQuery): void {
  const many = dimensions.filter(({ dimension }) => dimension.manyValued).map(({ key }) => key);
  if (many.length === 0) return;
  const isOrdered = query.order?.some(
    ({ field, direction }) => direction === 'desc' && metrics.some(({ key }) => key === field),
  );
  if (query.rowLimit !== null && isOrdered && !query.time) return;
  const [metric] = metrics;
  throw new InvalidQuery(
    `Dimension ${many.map((key) => `"${key}"`).join(', ')} has very many values: ask for the greatest of them, with config.row_limit and orderBy [{"field": "${metric?.key}", "direction": "desc"}] and without timeDimension. Or filter by it instead.`,
  );
}

/**
 * Rows of the view with what they need beside them. A condition on the table itself holds before anything is
 * joined, one on what is joined after.
 */
function sourceOf(context: ViewContext, { view, conditions, own, joins, expansions }: ResolvedQuery) {
  const rendered = conditions.map(({ condition, column, needs }) => ({
    isOwn: needs.joins.length === 0 && needs.expands === null,
    sql: renderCondition(context.scope, column, condition),
  }));
  const expanded = [...expansions].map(
    (name) => sql`arrayJoin(${entry(view.expansions, name)}) AS ${identifier(name)}`,
  );
  const rows = view.rows(context, {
    where: rendered.filter(({ isOwn }) => isOwn).map((each) => each.sql),
    expanded,
    filter: own,
  });
  const from = [...joins].reduce((left, name) => {
    const { select, on } = entry(view.joins, name);
    return sql`${left} LEFT JOIN (${select(context)}) AS ${identifier(`joined_${name}`)} ON ${on}`;
  }, sql`(${rows}) AS viewed`);
  return { from, where: allOf(rendered.filter(({ isOwn }) => !isOwn).map((each) => each.sql)) };
}

function entry<Value>(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (!value) throw new TypeError(`The view has no ${name}.`);
  return value;
}

/** As asked; else by time, or the greatest of the first metric. Ties go by the groups. */
function orderOf(query: MetricQuery, resolved: ResolvedQuery): Sql[] {
  const columnOf = (key: string): Sql => {
    if (key === timeKey) return identifier(bucketColumn);
    const dimension = resolved.dimensions.findIndex((each) => each.key === key);
    if (dimension >= 0) return identifier(dimensionColumn(dimension));
    return identifier(metricColumn(resolved.metrics.findIndex((each) => each.key === key)));
  };
  if (!query.order) {
    return query.time ? [columnOf(timeKey)] : [sql`${columnOf(resolved.metrics[0]!.key)} DESC`];
  }
  const keys = orderKeys(query, resolved);
  return query.order.map(({ field, direction }) => {
    if (!keys.includes(field)) throw unknown('orderBy field', field, query.view, keys);
    return direction === 'desc' ? sql`${columnOf(field)} DESC` : columnOf(field);
  });
}
