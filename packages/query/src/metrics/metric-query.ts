import type { Filter, MetricAggregation, Microseconds } from '@tracewell/domain';
import type { TraceColumnsMean } from '../observations/observation-columns';

export const metricViews = [
  'traces',
  'observations',
  'scores-numeric',
  'scores-boolean',
  'scores-categorical',
] as const;
export type MetricView = (typeof metricViews)[number];

export const granularities = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type Granularity = (typeof granularities)[number];

export interface Metric {
  measure: string;
  aggregation: MetricAggregation;
}

/** What one chart, table or report asks: measures of the rows of a view, by dimensions and over time. */
export interface MetricQuery {
  projectId: string;
  view: MetricView;
  dimensions: readonly string[];
  /** At least one. */
  metrics: readonly Metric[];
  filter: Filter;
  /** Buckets of the view's time, or none. */
  time: Granularity | null;
  /** Inclusive. */
  from: Microseconds;
  /** Exclusive. */
  to: Microseconds;
  /** By keys of the answer; without, by time, or else by the first metric, the greatest first. */
  order: readonly MetricOrder[] | null;
  /** As asked; without, `defaultRowLimit`; without that, all rows, up to `maxMetricRows`. */
  rowLimit: number | null;
  defaultRowLimit: number | null;
  /** `bounded`: a dimension of very many values needs a limit and an order by a metric, and no time. */
  manyValued: 'free' | 'bounded';
  /** Of histograms. */
  bins: number;
  /** What user, session, tags … of an observation mean. */
  traceColumns: TraceColumnsMean;
}

export interface MetricOrder {
  field: string;
  direction: 'asc' | 'desc';
}

/** Rows of an answer that asked for no limit of its own; more is refused. */
export const maxMetricRows = 50_000;
export const defaultBins = 10;
/** Each is a column of the statement. */
export const maxDimensions = 20;
export const maxMetrics = 50;

export const timeKey = 'time_dimension';
/** The key of a metric in a row of the answer: `sum_totalCost`. */
export const metricKey = ({ measure, aggregation }: Metric): string => `${aggregation}_${measure}`;

/** Rows an answer has at most without being refused; null: as many as there are. */
export const rowLimitOf = ({ rowLimit, defaultRowLimit }: MetricQuery): number | null =>
  rowLimit ?? defaultRowLimit;

/** `null` where nothing is said, or nothing was measured. A histogram is `[lower, upper, height]` per bin. */
export type MetricValue = string | number | boolean | string[] | [number, number, number][] | null;
export type MetricRow = Record<string, MetricValue>;
