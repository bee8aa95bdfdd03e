import { describe, expect, it } from 'vitest';
import { InvalidQuery } from '../invalid-query';
import { compileSql } from '../sql/sql';
import { bucketOf, countBuckets, granularityFor, nextBucket } from './granularity';
import { granularities, type MetricQuery, metricViews } from './metric-query';
import { metricSql } from './metric-sql';
import { suggest } from './suggest';
import { viewOf } from './views/view-of';

const hour = 3_600_000_000;
const base = Date.UTC(2026, 0, 1) * 1000;
const plain: MetricQuery = {
  projectId: 'mine',
  view: 'observations',
  dimensions: [],
  metrics: [{ measure: 'count', aggregation: 'count' }],
  filter: [],
  time: null,
  from: base,
  to: base + 24 * hour,
  order: null,
  rowLimit: null,
  defaultRowLimit: null,
  manyValued: 'free',
  bins: 10,
  traceColumns: 'of-row',
};
const refusalOf = (change: Partial<MetricQuery>): string => {
  try {
    metricSql({ ...plain, ...change });
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidQuery);
    return (error as Error).message;
  }
  throw new Error('was not refused');
};

describe('a query that cannot be answered', () => {
  it.each<[string, Partial<MetricQuery>, RegExp]>([
    [
      'measure',
      { metrics: [{ measure: 'totalcost', aggregation: 'sum' }] },
      /^Measure "totalcost" .* view observations\. Did you mean "totalCost"\? Known: count, latency,/,
    ],
    [
      'dimension',
      { dimensions: ['modelname'] },
      /^Dimension "modelname" is not known .* Known: id, traceId, environment,/,
    ],
    ['near dimension', { dimensions: ['promptNam'] }, /Did you mean "promptName"\?/],
    [
      'filter column',
      { filter: [{ type: 'string', column: 'userID', operator: '=', value: 'x' }] },
      /^Filter column "userID" .* Did you mean "userId"\? Known: startTime, metadata, id,/,
    ],
    [
      'type of a condition',
      { filter: [{ type: 'number', column: 'name', operator: '=', value: 1 }] },
      /Column "name" does not take conditions of type "number". Use string or/,
    ],
    [
      'aggregation of a text',
      { metrics: [{ measure: 'traceId', aggregation: 'sum' }] },
      /Measure "traceId" .* takes count and uniq, not sum/,
    ],
    [
      'order',
      { order: [{ field: 'totalCost', direction: 'desc' }] },
      /^orderBy field "totalCost" .* Known: count_count\.$/,
    ],
    ['range', { from: base, to: base }, /^fromTimestamp must be before toTimestamp/],
    ['no metric', { metrics: [] }, /^metrics: ask for at least one/],
    ['limit', { rowLimit: 1_001 }, /from 1 to 1000/],
    [
      'two ways to take a row apart',
      {
        metrics: [
          { measure: 'costByType', aggregation: 'sum' },
          { measure: 'usageByType', aggregation: 'sum' },
        ],
      },
      /Ask for them in two queries/,
    ],
    [
      'filter of traces',
      { view: 'traces', filter: [{ type: 'string', column: 'nam', operator: '=', value: 'x' }] },
      /^Filter column "nam" is not known in the view traces\. Did you mean "name"\?/,
    ],
  ])('says why: %s', (_what, change, message) => {
    expect(refusalOf(change)).toMatch(message);
  });

  it('groups by an id without bounds, where bounds are asked', () => {
    const bounded = { manyValued: 'bounded', dimensions: ['userId'] } as const;
    const order = [{ field: 'count_count', direction: 'desc' }] as const;
    expect(refusalOf(bounded)).toMatch(/^Dimension "userId" has very many values.*"count_count"/);
    expect(refusalOf({ ...bounded, rowLimit: 5 })).toMatch(/very many/);
    expect(refusalOf({ ...bounded, order })).toMatch(/very many/);
    expect(refusalOf({ ...bounded, order, rowLimit: 5, time: 'day' })).toMatch(/very many/);
    expect(refusalOf({ ...bounded, order: [{ field: 'userId', direction: 'desc' }], rowLimit: 5 })).toMatch(
      /very many/,
    );
    metricSql({ ...plain, ...bounded, order, rowLimit: 5 });
    metricSql({ ...plain, dimensions: ['userId'] });
  });
});

it('carries its project in every table it reads, whatever is asked', () => {
  for (const view of metricViews) {
    for (const traceColumns of ['of-row', 'of-trace'] as const) {
      const { dimensions, measures } = viewOf(view, traceColumns);
      for (const [measure] of measures) {
        for (const dimension of dimensions.keys()) {
          if (measure === 'usageByType' && dimension === 'costType') continue;
          if (measure === 'costByType' && dimension === 'usageType') continue;
          const { sql } = compileSql(
            metricSql({
              ...plain,
              view,
              traceColumns,
              dimensions: [dimension],
              metrics: [{ measure, aggregation: 'count' }],
            }).sql,
          );
          const reads = sql.match(/\b(observations|traces|scores)( FINAL)? (PRE)?WHERE/g) ?? [];
          const scoped = sql.match(
            /\b(observations|traces|scores)( FINAL)? (PRE)?WHERE project_id = \{p\d+:String\} AND /g,
          );
          expect(reads.length).toBeGreaterThan(0);
          expect(scoped).toHaveLength(reads.length);
        }
      }
    }
  }
});

describe('buckets', () => {
  it.each(granularities)('of a %s follow on each other and hold their times', (granularity) => {
    let bucket = bucketOf(base + 5 * hour + 123_456_789, granularity);
    for (let index = 0; index < 40; index++) {
      const next = nextBucket(bucket, granularity);
      expect(bucketOf(bucket, granularity)).toBe(bucket);
      expect(bucketOf(next - 1, granularity)).toBe(bucket);
      expect(bucketOf(next, granularity)).toBe(next);
      bucket = next;
    }
    expect(countBuckets(base, bucket, granularity)).toBeGreaterThanOrEqual(40);
  });

  it('begin on Mondays and on the first', () => {
    expect(new Date(bucketOf(base, 'week') / 1000).toISOString()).toBe('2025-12-29T00:00:00.000Z');
    expect(new Date(bucketOf(base + 40 * 24 * hour, 'month') / 1000).toISOString()).toBe(
      '2026-02-01T00:00:00.000Z',
    );
  });

  it.each([
    [1, 'minute'],
    [2, 'hour'],
    [71, 'hour'],
    [72, 'day'],
    [1_439, 'day'],
    [1_440, 'week'],
    [8_760, 'month'],
  ] as const)('of a range of %i hours are a %s long', (hours, granularity) => {
    expect(granularityFor(base, base + hours * hour)).toBe(granularity);
  });
});

it('suggests what is near and nothing else', () => {
  const known = ['totalCost', 'name', 'traceName'];
  expect(suggest('TOTALCOST', known)).toBe(' Did you mean "totalCost"?');
  expect(suggest('total_cost', known)).toBe(' Did you mean "totalCost"?');
  expect(suggest('nmae', known)).toBe('');
  expect(suggest('completely else', known)).toBe('');
  expect(suggest('x'.repeat(100_000), known)).toBe('');
});
