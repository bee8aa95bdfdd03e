import { type Condition, type MetricAggregation, metricAggregations } from '@tracewell/domain';
import { startEngines, type TestEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertObservations, insertScores, second } from '../test-rows';
import {
  granularities,
  type MetricQuery,
  type MetricRow,
  type MetricView,
  metricKey,
  metricViews,
  timeKey,
} from './metric-query';
import { readMetrics } from './read-metrics';
import { computeMetrics, startOf } from './testing/compute-metrics';
import { createDataset, createRandom, type Dataset, datasetEnd, datasetStart } from './testing/random-rows';
import { viewOf } from './views/view-of';

/** The SQL answers what the plain computation over the same rows answers, whatever is asked. */
let engines: TestEngines;
let data: Dataset;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  data = createDataset(11);
  await insertObservations(engines.columnar, ...data.observationParts);
  await insertScores(engines.columnar, ...data.scoreParts);
});
afterAll(() => engines?.stop());

const plain: MetricQuery = {
  projectId: 'p1',
  view: 'observations',
  dimensions: [],
  metrics: [{ measure: 'count', aggregation: 'count' }],
  filter: [],
  time: null,
  from: datasetStart,
  to: datasetEnd + 86_400 * second,
  order: null,
  rowLimit: null,
  defaultRowLimit: null,
  manyValued: 'free',
  bins: 10,
  traceColumns: 'of-row',
};

/** Not computed by the judge. */
const notJudged = new Set(['evaluatorId', 'datasetRunId', 'experimentName', 'experimentDatasetId']);
const dimensionsOf = (view: MetricView) =>
  [...viewOf(view, 'of-row').dimensions.keys()].filter((name) => !notJudged.has(name));
const meaningsOf = (view: MetricView) =>
  view === 'observations' ? (['of-row', 'of-trace'] as const) : (['of-row'] as const);
const measuresOf = (view: MetricView) => [...viewOf(view, 'of-row').measures];
const aggregationsOf = (type: string): readonly MetricAggregation[] =>
  type === 'text' ? ['count', 'uniq'] : metricAggregations;

async function check(query: MetricQuery): Promise<void> {
  const asked = JSON.stringify(query);
  const rows = await readMetrics(engines.columnar, query);
  const expected = computeMetrics(data, query);
  const keyOf = (row: MetricRow) =>
    JSON.stringify([row[timeKey] ?? null, query.dimensions.map((name) => row[name])]);
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  expect(found.size, asked).toBe(rows.length);
  for (const { time, dimensions, metrics } of expected) {
    const at: MetricRow = time === null ? {} : { [timeKey]: new Date(time / 1000).toISOString() };
    const key = keyOf({ ...dimensions, ...at });
    const row = found.get(key);
    expect(row, `${asked} has no ${key}`).toBeDefined();
    found.delete(key);
    for (const metric of query.metrics) {
      const name = metricKey(metric);
      const value = row![name]!;
      const what = `${asked} ${key} ${name}`;
      if (metric.aggregation === 'histogram') {
        const bins = value as [number, number, number][];
        const height = bins.reduce((total, [, , each]) => total + each, 0);
        expect(bins.length, what).toBeLessThanOrEqual(query.bins);
        expect(height, what).toBeCloseTo(metrics[name] ?? 0, 6);
      } else if (metrics[name] === null || metrics[name] === undefined) {
        // Nothing was measured: the store says null, or zero for what cannot be null.
        expect([null, '0', 0], what).toContain(value);
      } else {
        const distance = Math.abs(Number(value) - metrics[name]!);
        expect(distance, `${what}: ${value} is not ${metrics[name]}`).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(metrics[name]!)),
        );
      }
    }
  }
  // What is left are the buckets with nothing in them, and only where gaps are filled.
  if (query.time && !query.order) {
    const starts = new Set(rows.map((row) => row[timeKey]));
    for (let at = startOf(query.from, query.time); at < query.to; at = startOf(at + 32 * 86_400e6, 'month')) {
      if (query.time === 'month') expect(starts, asked).toContain(new Date(at / 1000).toISOString());
    }
    for (const row of found.values()) {
      expect(
        query.metrics.map((metric) => row[metricKey(metric)]),
        asked,
      ).toEqual(
        query.metrics.map(({ aggregation }) =>
          aggregation === 'histogram' ? [] : expect.toSatisfy((value) => Number(value) === 0),
        ),
      );
      expect(
        expected.some(({ time }) => time !== null && new Date(time / 1000).toISOString() === row[timeKey]),
      ).toBe(false);
    }
  } else expect([...found.keys()], asked).toEqual([]);
}

describe.each(metricViews)('the view %s', (view) => {
  it('answers every measure in every aggregation', async () => {
    for (const traceColumns of meaningsOf(view)) {
      for (const [measure, { type, dimension }] of measuresOf(view)) {
        const metrics = aggregationsOf(type).map((aggregation) => ({ measure, aggregation }));
        const dimensions = dimension ? [dimension] : [];
        await check({ ...plain, view, metrics, dimensions, traceColumns });
      }
    }
  });

  it('groups by every dimension, over time', async () => {
    for (const traceColumns of meaningsOf(view)) {
      for (const name of dimensionsOf(view)) {
        await check({ ...plain, view, dimensions: [name], time: 'week', traceColumns });
      }
    }
  });

  it('groups by what experiments and evaluators say', async () => {
    const dimensions = [...viewOf(view, 'of-row').dimensions.keys()].filter((name) => notJudged.has(name));
    for (const name of dimensions) {
      const rows = await readMetrics(engines.columnar, { ...plain, view, dimensions: [name] });
      const total = rows.reduce((sum, { count_count }) => sum + Number(count_count), 0);
      expect(total).toBe(Number(computeMetrics(data, { ...plain, view })[0]!.metrics.count_count));
      const values = rows.map((row) => row[name]);
      if (name === 'experimentName') expect(values).toContain('first try');
    }
  });

  it('answers questions at random', async () => {
    const { next, pick } = createRandom(view.length);
    for (let question = 0; question < 25; question++) {
      const metrics = Array.from({ length: 1 + Math.floor(next() * 3) }, () => {
        const [measure, { type, dimension }] = pick(measuresOf(view).filter(([, each]) => !each.dimension));
        expect(dimension).toBeUndefined();
        return { measure, aggregation: pick(aggregationsOf(type)) };
      });
      const dimensions = [
        ...new Set(Array.from({ length: Math.floor(next() * 3) }, () => pick(dimensionsOf(view)))),
      ];
      if (dimensions.includes('costType') && dimensions.includes('usageType')) continue;
      const time = pick([null, ...granularities]);
      const from = datasetStart + Math.floor(next() * 20 * 86_400) * second;
      const days = time === 'minute' ? 3 : 40;
      await check({
        ...plain,
        view,
        metrics,
        dimensions,
        time,
        from,
        to: from + Math.floor(next() * days * 86_400 + 60) * second,
        traceColumns: pick(meaningsOf(view)),
        filter: next() < 0.5 ? [] : [pick(conditions[view])],
        bins: 1 + Math.floor(next() * 20),
      });
    }
  });
});

describe('an answer', () => {
  const ask = (change: Partial<MetricQuery>) => readMetrics(engines.columnar, { ...plain, ...change });

  it('is ordered by the greatest of the first metric, or as asked', async () => {
    const numbers = (rows: MetricRow[]) => rows.map((row) => Number(row.count_count));
    const byDefault = await ask({ dimensions: ['name'] });
    expect(numbers(byDefault)).toEqual(numbers(byDefault).toSorted((a, b) => b - a));
    const names = await ask({ dimensions: ['name'], order: [{ field: 'name', direction: 'asc' }] });
    expect(names.map(({ name }) => name)).toEqual([null, 'chat', 'plan', 'retrieve']);
    const rising = await ask({ dimensions: ['name'], order: [{ field: 'count_count', direction: 'asc' }] });
    expect(numbers(rising)).toEqual(numbers(rising).toSorted((a, b) => a - b));
  });

  it('has no more rows than asked, gaps counted', async () => {
    expect(await ask({ dimensions: ['id'], rowLimit: 3 })).toHaveLength(3);
    expect(await ask({ dimensions: ['id'], defaultRowLimit: 100 })).toHaveLength(100);
    const hours = await ask({ time: 'hour', from: datasetStart - 86_400 * second, defaultRowLimit: 20 });
    expect(hours).toHaveLength(20);
    expect(hours[0]).toEqual({ count_count: '0', [timeKey]: '2026-03-02T10:00:00.000Z' });
  });

  it('has no filled gaps when it is ordered', async () => {
    const order = [{ field: timeKey, direction: 'desc' }] as const;
    const rows = await ask({ time: 'hour', order });
    expect(rows.every(({ count_count }) => Number(count_count) > 0)).toBe(true);
    const times = rows.map((row) => String(row[timeKey]));
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('is refused when it would be longer than anybody reads', async () => {
    await expect(ask({ time: 'minute', to: datasetStart + 400 * 86_400 * second })).rejects.toThrow(
      /more than 50000 rows/,
    );
  });

  it('is of the project that asks', async () => {
    for (const view of metricViews) {
      expect(await ask({ projectId: 'nobody', view, dimensions: ['name'] })).toEqual([]);
      expect(await ask({ projectId: "p1' OR 1=1 --", view })).toEqual([{ count_count: '0' }]);
    }
    const hostile = "x' OR 1=1 OR '";
    const filter: Condition[] = [
      { type: 'stringObject', column: 'metadata', key: hostile, operator: '=', value: hostile },
      { type: 'string', column: 'userId', operator: '=', value: hostile },
    ];
    expect(await ask({ filter })).toEqual([{ count_count: '0' }]);
  });
});

const ofAll: Condition[] = [
  { type: 'stringOptions', column: 'environment', operator: 'any of', value: ['production'] },
  { type: 'string', column: 'name', operator: 'contains', value: 'a' },
  { type: 'stringOptions', column: 'userId', operator: 'any of', value: ['ann'] },
  { type: 'stringOptions', column: 'userId', operator: 'none of', value: ['ann'] },
  { type: 'string', column: 'sessionId', operator: '=', value: 's1' },
  { type: 'arrayOptions', column: 'tags', operator: 'any of', value: ['a', 'b'] },
  { type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['a', 'b'] },
  { type: 'arrayOptions', column: 'tags', operator: 'none of', value: ['b'] },
];
const ofScores: Condition[] = [
  ...ofAll,
  { type: 'stringObject', column: 'metadata', key: 'tenant', operator: '=', value: 'x' },
  { type: 'string', column: 'traceName', operator: '=', value: 'support' },
  { type: 'string', column: 'observationName', operator: '=', value: 'chat' },
  { type: 'stringOptions', column: 'source', operator: 'any of', value: ['API', 'EVAL'] },
];
const conditions: Record<MetricView, Condition[]> = {
  traces: [...ofAll, { type: 'stringOptions', column: 'release', operator: 'any of', value: ['r1'] }],
  observations: [
    ...ofAll,
    { type: 'stringObject', column: 'metadata', key: 'tenant', operator: '=', value: 'x' },
    { type: 'boolean', column: 'isRootObservation', operator: '=', value: true },
    { type: 'boolean', column: 'isRootObservation', operator: '<>', value: true },
    { type: 'arrayOptions', column: 'toolNames', operator: 'any of', value: ['mail'] },
    { type: 'stringOptions', column: 'providedModelName', operator: 'any of', value: ['gpt-4o'] },
  ],
  'scores-numeric': ofScores,
  'scores-boolean': [...ofScores, { type: 'boolean', column: 'booleanValue', operator: '=', value: true }],
  'scores-categorical': [
    ...ofScores,
    { type: 'string', column: 'stringValue', operator: '=', value: 'good' },
  ],
};
