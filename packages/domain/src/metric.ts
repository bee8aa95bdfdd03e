/** How the values of a measure become one number, or a histogram. */
export const metricAggregations = [
  'sum',
  'avg',
  'count',
  'max',
  'min',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'histogram',
  'uniq',
] as const;
export type MetricAggregation = (typeof metricAggregations)[number];

/** Rows of an answer that names its limit itself. */
export const maxMetricRowLimit = 1_000;
export const maxHistogramBins = 100;
