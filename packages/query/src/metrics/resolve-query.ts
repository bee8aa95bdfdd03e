import type { Condition } from '@tracewell/domain';
import type { Column } from '../filter/column';
import { columnOf, maxConditions } from '../filter/render-condition';
import { InvalidQuery } from '../invalid-query';
import type { Sql } from '../sql/sql';
import { aggregate, type ResultType, resultType } from './aggregate';
import type { Dimension, View } from './field';
import { type MetricQuery, maxDimensions, maxMetrics, metricKey, timeKey } from './metric-query';
import { suggest } from './suggest';
import { viewOf } from './views/view-of';

/** A query whose names are all known: what the statement is made of. */
export interface ResolvedQuery {
  view: View;
  dimensions: { key: string; dimension: Dimension }[];
  metrics: { key: string; value: Sql; type: ResultType }[];
  conditions: { condition: Condition; column: Column; needs: Needs }[];
  /** Conditions only the view's rows can answer. */
  own: Condition[];
  joins: Set<string>;
  expansions: Set<string>;
}
interface Needs {
  joins: readonly string[];
  expands: string | null;
}

/** Throws `InvalidQuery`: what is not known, what is, and which of those may have been meant. */
export function resolveQuery(query: MetricQuery): ResolvedQuery {
  const view = viewOf(query.view, query.traceColumns);
  if (query.metrics.length === 0) throw new InvalidQuery('metrics: ask for at least one.');
  refuseMore('dimensions', query.dimensions.length, maxDimensions);
  refuseMore('metrics', query.metrics.length, maxMetrics);
  refuseMore('filters', query.filter.length, maxConditions);

  const metrics = unique(query.metrics.map((metric) => ({ ...metric, key: metricKey(metric) }))).map(
    ({ key, measure: name, aggregation }) => {
      const measure = known(view.measures, 'measure', name, query);
      if (measure.type === 'text' && aggregation !== 'count' && aggregation !== 'uniq') {
        throw new InvalidQuery(
          `Measure "${name}" of the view ${query.view} is no number: it takes count and uniq, not ${aggregation}.`,
        );
      }
      return { key, measure, aggregation };
    },
  );
  const forced = metrics.flatMap(({ measure }) => measure.dimension ?? []);
  const dimensions = unique([...query.dimensions, ...forced].map((key) => ({ key }))).map(({ key }) => ({
    key,
    dimension: known(view.dimensions, 'dimension', key, query),
  }));
  const conditions = resolveFilter(query, view);

  const used = [
    ...metrics.map(({ measure }) => measure),
    ...dimensions.map(({ dimension }) => dimension),
    ...conditions.map(({ needs }) => ({ joins: needs.joins, expands: needs.expands ?? undefined })),
  ];
  const expansions = new Set(used.flatMap(({ expands }) => expands ?? []));
  if (expansions.has('cost_entry') && expansions.has('usage_entry')) {
    throw new InvalidQuery(
      'costType and usageType take an observation apart in two ways, and every cost would meet every usage. Ask for them in two queries.',
    );
  }
  return {
    view,
    dimensions,
    metrics: metrics.map(({ key, measure, aggregation }) => ({
      key,
      value: aggregate(measure, aggregation, query.bins),
      type: resultType(measure, aggregation),
    })),
    conditions,
    own: query.filter.filter(({ column }) => view.ownColumns?.has(column)),
    joins: new Set(used.flatMap(({ joins }) => joins ?? [])),
    expansions,
  };
}

function resolveFilter(query: MetricQuery, view: View): ResolvedQuery['conditions'] {
  const columns = filterColumns(view);
  return query.filter.flatMap((condition) => {
    if (view.ownColumns?.has(condition.column)) return [];
    if (!columns.has(condition.column)) {
      const names = [...columns.keys(), ...(view.ownColumns ?? [])];
      throw unknown('Filter column', condition.column, query.view, names);
    }
    const dimension = view.dimensions.get(condition.column);
    const needs: Needs = {
      joins: dimension?.joins ?? [],
      expands: dimension?.column ? null : (dimension?.expands ?? null),
    };
    return [{ condition, column: columnOf(columns, condition), needs }];
  });
}

function filterColumns(view: View): ReadonlyMap<string, Column> {
  const columns = new Map(view.columns);
  if (view.ownColumns) return columns;
  for (const [name, { type, value, column }] of view.dimensions) {
    columns.set(name, column ?? { type, expression: value });
  }
  return columns;
}

/** By which keys an answer can be ordered. */
export const orderKeys = (query: MetricQuery, { dimensions, metrics }: ResolvedQuery): string[] => [
  ...dimensions.map(({ key }) => key),
  ...metrics.map(({ key }) => key),
  ...(query.time ? [timeKey] : []),
];

export function unknown(what: string, name: string, view: string, names: readonly string[]): InvalidQuery {
  return new InvalidQuery(
    `${what} "${name.slice(0, 200)}" is not known in the view ${view}.${suggest(name, names)} Known: ${names.join(', ')}.`,
  );
}

function known<Value>(
  values: ReadonlyMap<string, Value>,
  what: 'measure' | 'dimension',
  name: string,
  query: MetricQuery,
): Value {
  const value = values.get(name);
  if (value) return value;
  throw unknown(what === 'measure' ? 'Measure' : 'Dimension', name, query.view, [...values.keys()]);
}

function refuseMore(what: string, count: number, limit: number): void {
  if (count > limit) throw new InvalidQuery(`${what}: at most ${limit} in one query, these are ${count}.`);
}

/** The first of each key: asking twice is asking once. */
function unique<Item extends { key: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.toReversed().map((item) => [item.key, item])).values()].toReversed();
}
