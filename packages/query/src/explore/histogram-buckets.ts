import type { Microseconds } from '@tracewell/domain';
import { InvalidQuery } from '../invalid-query';
import { type Integer, toNumber } from '../sql/decode';

export const maxHistogramBuckets = 1_000;

export interface HistogramBucket {
  /** When the bucket begins. */
  time: Microseconds;
  count: number;
  /** Those of them that failed. */
  errorCount: number;
  /** US dollars. */
  totalCost: number;
}

interface Range {
  from: Microseconds;
  to: Microseconds;
}

/** Of equal buckets over a range, in microseconds. Throws `InvalidQuery` for a number or a range that cannot be. */
export function bucketWidth({ from, to }: Range, buckets: number): number {
  if (!(Number.isInteger(buckets) && buckets >= 1 && buckets <= maxHistogramBuckets)) {
    throw new InvalidQuery(`A histogram has 1 to ${maxHistogramBuckets} buckets, not ${buckets}.`);
  }
  if (to <= from) throw new InvalidQuery('The range of a histogram must end after it begins.');
  return Math.max(1, Math.ceil((to - from) / buckets));
}

/** The buckets over the range, the empty ones too. */
export function readBuckets(
  rows: readonly { bucket: Integer; total: Integer; errors: Integer; cost: number }[],
  { from, to }: Range,
  width: number,
  buckets: number,
): HistogramBucket[] {
  const found = new Map(rows.map((row) => [toNumber(row.bucket), row]));
  return Array.from({ length: Math.min(buckets, Math.ceil((to - from) / width)) }, (_, bucket) => {
    const row = found.get(bucket);
    return {
      time: from + bucket * width,
      count: row ? toNumber(row.total) : 0,
      errorCount: row ? toNumber(row.errors) : 0,
      totalCost: row?.cost ?? 0,
    };
  });
}
