import type { Microseconds } from '@tracewell/domain';
import { int, type Sql, sql } from '../sql/sql';
import type { Granularity } from './metric-query';

const secondUs = 1_000_000;
const dayUs = 86_400 * secondUs;
const weekUs = 7 * dayUs;
/** The epoch was a Thursday; weeks begin on Monday. */
const weekOffsetUs = 3 * dayUs;

const hoursUs = (hours: number): number => hours * 3_600 * secondUs;

/** Some fifty buckets for a range of that length. */
export function granularityFor(from: Microseconds, to: Microseconds): Granularity {
  const length = to - from;
  if (length < hoursUs(2)) return 'minute';
  if (length < hoursUs(72)) return 'hour';
  if (length < hoursUs(1_440)) return 'day';
  return length < hoursUs(8_760) ? 'week' : 'month';
}

const widths: Record<Exclude<Granularity, 'week' | 'month'>, number> = {
  minute: 60 * secondUs,
  hour: hoursUs(1),
  day: dayUs,
};

/** When the bucket of a time begins, in microseconds; in UTC. */
export function bucketSql(time: Sql, granularity: Granularity): Sql {
  if (granularity === 'month') return sql`toInt64(toStartOfMonth(${time})) * ${int(dayUs)}`;
  const us = sql`toUnixTimestamp64Micro(${time})`;
  if (granularity === 'week') {
    return sql`intDiv(${us} + ${int(weekOffsetUs)}, ${int(weekUs)}) * ${int(weekUs)} - ${int(weekOffsetUs)}`;
  }
  const width = int(widths[granularity]);
  return sql`intDiv(${us}, ${width}) * ${width}`;
}

export function bucketOf(time: Microseconds, granularity: Granularity): Microseconds {
  if (granularity === 'month') {
    const date = new Date(Math.floor(time / 1000));
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) * 1000;
  }
  if (granularity === 'week') return Math.floor((time + weekOffsetUs) / weekUs) * weekUs - weekOffsetUs;
  return Math.floor(time / widths[granularity]) * widths[granularity];
}

export function nextBucket(bucket: Microseconds, granularity: Granularity): Microseconds {
  if (granularity === 'week') return bucket + weekUs;
  if (granularity !== 'month') return bucket + widths[granularity];
  const date = new Date(bucket / 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) * 1000;
}

/** How many buckets a range touches at most; months are counted short. */
export const countBuckets = (from: Microseconds, to: Microseconds, granularity: Granularity): number => {
  const width = granularity === 'week' ? weekUs : granularity === 'month' ? 28 * dayUs : widths[granularity];
  return Math.ceil((to - bucketOf(from, granularity)) / width);
};
