import { formatIsoTime, type Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { ResultTooLarge } from '../invalid-query';
import type { Integer } from '../sql/decode';
import { readRows } from '../sql/read-rows';
import type { ResultType } from './aggregate';
import type { Dimension } from './field';
import { bucketOf, countBuckets, nextBucket } from './granularity';
import {
  type MetricQuery,
  type MetricRow,
  type MetricValue,
  maxMetricRows,
  rowLimitOf,
  timeKey,
} from './metric-query';
import { bucketColumn, dimensionColumn, metricColumn, metricSql } from './metric-sql';
import type { ResolvedQuery } from './resolve-query';

/**
 * The rows of the answer, by the keys of the wire: the dimensions' names, `sum_totalCost`, `time_dimension`.
 * Whole numbers of 64 bits are decimal text, as the wire has them. Over time and without an order of its own, a
 * bucket in which there is nothing is a row of zeros. Throws `InvalidQuery`, and `ResultTooLarge` for more than
 * `maxMetricRows` rows.
 */
export async function readMetrics(columnar: Columnar, query: MetricQuery): Promise<MetricRow[]> {
  const { sql, resolved } = metricSql(query);
  const fills = query.time !== null && !query.order;
  const limit = rowLimitOf(query);
  if (fills && limit === null && countBuckets(query.from, query.to, query.time!) > maxMetricRows) {
    throw tooManyRows();
  }
  const stored = await readRows<StoredRow>(columnar, `metrics.${query.view}`, sql);
  const rows = stored.map((row) => ({
    bucket: Number(row[bucketColumn] ?? 0),
    values: decode(resolved, row),
  }));
  const filled = fills ? fillGaps(query, resolved, rows, limit ?? maxMetricRows + 1) : rows;
  if (limit === null && filled.length > maxMetricRows) throw tooManyRows();
  return filled.map(({ bucket, values }) =>
    query.time ? { ...values, [timeKey]: formatIsoTime(bucket) } : values,
  );
}

const tooManyRows = () =>
  new ResultTooLarge(
    `The answer has more than ${maxMetricRows} rows. Set config.row_limit, add filters, choose a coarser timeDimension or a shorter range.`,
  );

type StoredRow = Record<string, unknown>;
interface BucketRow {
  bucket: Microseconds;
  values: MetricRow;
}

function decode({ dimensions, metrics }: ResolvedQuery, row: StoredRow): MetricRow {
  const values: MetricRow = {};
  for (const [index, { key, dimension }] of dimensions.entries()) {
    values[key] = decodeDimension(dimension, row[dimensionColumn(index)]);
  }
  for (const [index, { key, type }] of metrics.entries()) {
    values[key] = decodeMetric(type, row[metricColumn(index)]);
  }
  return values;
}

function decodeDimension({ type }: Dimension, value: unknown): MetricValue {
  switch (type) {
    case 'text':
      return (value as string | null) || null;
    case 'boolean':
      return Boolean(value);
    case 'number':
      return value === null ? null : Number(value);
    case 'textArray':
      return value as string[];
  }
}

function decodeMetric(type: ResultType, value: unknown): MetricValue {
  if (value === null) return null;
  switch (type) {
    case 'integer':
      return String(value as Integer);
    case 'float':
      return Number(value);
    case 'histogram':
      return value as [number, number, number][];
  }
}

/** Rows in the order of time, and one of zeros for each bucket of the range that has none; up to the limit. */
function fillGaps(
  query: MetricQuery,
  resolved: ResolvedQuery,
  rows: BucketRow[],
  limit: number,
): BucketRow[] {
  const granularity = query.time!;
  const filled: BucketRow[] = [];
  let next = 0;
  for (
    let bucket = bucketOf(query.from, granularity);
    bucket < query.to && filled.length < limit;
    bucket = nextBucket(bucket, granularity)
  ) {
    const first = next;
    while (next < rows.length && rows[next]!.bucket <= bucket) filled.push(rows[next++]!);
    if (next === first) filled.push({ bucket, values: zeros(resolved) });
  }
  return filled.slice(0, limit);
}

const zeroOf: Record<ResultType, MetricValue> = { integer: '0', float: 0, histogram: [] };

const zeros = ({ dimensions, metrics }: ResolvedQuery): MetricRow =>
  Object.fromEntries([
    ...dimensions.map(({ key }) => [key, null]),
    ...metrics.map(({ key, type }) => [key, zeroOf[type]]),
  ]);
