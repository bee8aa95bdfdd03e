import type { MetricAggregation } from '@tracewell/domain';
import { Sql, sql } from '../sql/sql';
import type { Measure } from './field';

export type ResultType = 'integer' | 'float' | 'histogram';

/**
 * One aggregate over the rows that say something. Quantiles are exact up to 8,192 values of a group and of a
 * sample of that size beyond; `uniq` is exact up to some ten thousand.
 */
export function aggregate(measure: Measure, aggregation: MetricAggregation, bins: number): Sql {
  const { value } = measure;
  switch (aggregation) {
    case 'sum':
      // Compensated: a plain sum of cents shows its rounding errors, and other ones each time.
      return measure.type === 'float' ? sql`round(sumKahan(${value}), 12)` : sql`sum(${value})`;
    case 'avg':
      return sql`avg(${value})`;
    case 'count':
      return sql`count(${value})`;
    case 'max':
      return sql`max(${value})`;
    case 'min':
      return sql`min(${value})`;
    case 'p50':
      return sql`quantile(0.5)(${value})`;
    case 'p75':
      return sql`quantile(0.75)(${value})`;
    case 'p90':
      return sql`quantile(0.9)(${value})`;
    case 'p95':
      return sql`quantile(0.95)(${value})`;
    case 'p99':
      return sql`quantile(0.99)(${value})`;
    case 'histogram':
      return sql`histogram(${wholeNumber(bins)})(${value})`;
    case 'uniq':
      return sql`uniq(${value})`;
  }
}

export function resultType(measure: Measure, aggregation: MetricAggregation): ResultType {
  if (aggregation === 'count' || aggregation === 'uniq') return 'integer';
  if (aggregation === 'histogram') return 'histogram';
  const keepsType = aggregation === 'sum' || aggregation === 'max' || aggregation === 'min';
  return keepsType && measure.type === 'integer' ? 'integer' : 'float';
}

/** A parameter of an aggregate function cannot stand beside the text. */
function wholeNumber(value: number): Sql {
  if (!(Number.isInteger(value) && value >= 1 && value <= 1_000)) {
    throw new TypeError(`Not a whole number of a histogram: ${value}`);
  }
  return new Sql([String(value)], []);
}
