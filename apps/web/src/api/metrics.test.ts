import type { AnswerOf } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Recorded, record } from './testing/recordings';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Metrics of all three generations, over what clients of both record. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let recorded: Recorded;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
  recorded = await record(api, mine, 'mine');
  await record(api, theirs, 'canary');
});
afterAll(() => api?.stop());

const hourMs = 3_600_000;
const plain = {
  view: 'observations',
  metrics: [{ measure: 'count', aggregation: 'count' }],
  fromTimestamp: new Date(Date.now() - hourMs).toISOString(),
  toTimestamp: new Date(Date.now() + hourMs).toISOString(),
};
const pathOf = (path: string, query: unknown) =>
  `/api/public/${path}?query=${encodeURIComponent(typeof query === 'string' ? query : JSON.stringify(query))}`;

async function ask(path: string, change: object, project = mine) {
  const response = await api.get(pathOf(path, { ...plain, ...change }), project);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const body = JSON.parse(text) as AnswerOf<typeof operations.queryMetricsV2>;
  expect(operations.queryMetricsV2.responses[200].parse(body)).toEqual(body);
  return body.data;
}
const first = (change: object, project = mine) => ask('metrics', change, project);
const second = (change: object, project = mine) => ask('v2/metrics', change, project);

async function refusal(path: string): Promise<string> {
  const response = await api.get(path, mine);
  const body = (await response.json()) as { message: string; error: unknown };
  expect(response.status, body.message).toBe(400);
  expect(body.error).toBeDefined();
  return body.message;
}

describe('both generations of metrics', () => {
  it('count as decimal text and sum as numbers, under the keys of the wire', async () => {
    for (const query of [first, second]) {
      expect(await query({})).toEqual([{ count_count: '5' }]);
      const [row] = await query({
        dimensions: [{ field: 'providedModelName' }],
        metrics: [
          { measure: 'totalTokens', aggregation: 'sum' },
          { measure: 'totalCost', aggregation: 'sum' },
          { measure: 'latency', aggregation: 'p95' },
        ],
        filters: [{ column: 'providedModelName', operator: '=', value: 'gpt-4o-mini', type: 'string' }],
      });
      expect(row).toMatchObject({ providedModelName: 'gpt-4o-mini', sum_totalTokens: '1215' });
      expect(row!.sum_totalCost).toBeGreaterThan(0);
      expect(row!.p95_latency).toBeCloseTo(995, 6);
    }
  });

  it('say nothing as null, and what rows do not say of their trace, the trace says', async () => {
    for (const query of [first, second]) {
      expect(await query({ dimensions: [{ field: 'traceName' }] })).toEqual([
        { traceName: 'mine-batch-trace', count_count: '3' },
        { traceName: 'mine-trace', count_count: '2' },
      ]);
      expect(await query({ dimensions: [{ field: 'promptName' }] })).toEqual([
        { promptName: null, count_count: '4' },
        { promptName: 'mine-prompt', count_count: '1' },
      ]);
    }
  });

  it('fill the gaps of a series, unless it is ordered', async () => {
    for (const query of [first, second]) {
      const hours = await query({ timeDimension: { granularity: 'hour' } });
      expect([2, 3]).toContain(hours.length);
      expect(hours.reduce((sum, row) => sum + Number(row.count_count), 0)).toBe(5);
      expect(hours[0]!.time_dimension).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/);
      const ordered = await query({
        timeDimension: { granularity: 'hour' },
        orderBy: [{ field: 'time_dimension', direction: 'desc' }],
      });
      expect(ordered.every(({ count_count }) => Number(count_count) > 0)).toBe(true);
    }
    // Two hours are cut to hours, less to minutes; the second generation stops at a hundred rows.
    expect((await first({ timeDimension: { granularity: 'auto' } })).length).toBeLessThan(4);
    const minutes = { timeDimension: { granularity: 'minute' } };
    expect((await first(minutes)).length).toBeGreaterThanOrEqual(120);
    expect(await second(minutes)).toHaveLength(100);
    expect(await second({ ...minutes, config: { row_limit: 7 } })).toHaveLength(7);
  });

  it('measure scores of each kind, with what they judge', async () => {
    for (const query of [first, second]) {
      const value = [{ measure: 'value', aggregation: 'avg' }];
      expect(
        await query({
          view: 'scores-numeric',
          dimensions: [{ field: 'name' }, { field: 'observationName' }],
          metrics: value,
          orderBy: [{ field: 'name', direction: 'asc' }],
        }),
      ).toEqual([
        { name: 'mine-boolean', observationName: 'mine-generation', avg_value: 1 },
        { name: 'mine-numeric', observationName: null, avg_value: 0.75 },
        { name: 'mine-of-session', observationName: null, avg_value: 4 },
      ]);
      expect(
        await query({ view: 'scores-boolean', metrics: value, dimensions: [{ field: 'booleanValue' }] }),
      ).toEqual([{ booleanValue: true, avg_value: 1 }]);
      expect(await query({ view: 'scores-categorical', dimensions: [{ field: 'stringValue' }] })).toEqual([
        { stringValue: 'mine-good', count_count: '1' },
      ]);
    }
  });

  it('bin a histogram', async () => {
    const [row] = await second({
      metrics: [{ measure: 'latency', aggregation: 'histogram' }],
      config: { bins: 3 },
    });
    const bins = row!.histogram_latency as [number, number, number][];
    expect(bins.length).toBeLessThanOrEqual(3);
    expect(bins.reduce((sum, [, , height]) => sum + height, 0)).toBeCloseTo(4, 6);
  });

  it('filter by metadata, tags, environment and users', async () => {
    const count = async (filter: object) => (await second({ filters: [filter] }))[0]!.count_count;
    expect(
      await count({
        type: 'stringObject',
        column: 'metadata',
        key: 'note',
        operator: 'contains',
        value: 'mine',
      }),
    ).toBe('1');
    expect(
      await count({
        type: 'arrayOptions',
        column: 'tags',
        operator: 'all of',
        value: ['mine-tag', 'second'],
      }),
    ).toBe('2');
    expect(
      await count({
        type: 'stringOptions',
        column: 'environment',
        operator: 'any of',
        value: ['production'],
      }),
    ).toBe('2');
    expect(await count({ type: 'string', column: 'userId', operator: '=', value: 'mine-user' })).toBe('5');
    expect(await count({ type: 'boolean', column: 'isRootObservation', operator: '=', value: true })).toBe(
      '4',
    );
  });

  it('are of the project that asks', async () => {
    for (const query of [first, second]) {
      const text = JSON.stringify([
        await query({ dimensions: [{ field: 'name' }, { field: 'traceName' }, { field: 'tags' }] }),
        await query({ view: 'scores-numeric', dimensions: [{ field: 'name' }, { field: 'traceName' }] }),
      ]);
      expect(text).toContain('mine-generation');
      expect(text).not.toContain('canary');
    }
    expect(JSON.stringify(await first({ view: 'traces', dimensions: [{ field: 'name' }] }))).not.toContain(
      'canary',
    );
  });

  it('are not for the public key, nor for nobody', async () => {
    for (const path of [pathOf('metrics', plain), pathOf('v2/metrics', plain), '/api/public/metrics/daily']) {
      expect((await api.request(path)).status).toBe(401);
      expect((await api.request(path, { headers: { authorization: mine.bearer } })).status).toBe(403);
    }
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{view', /no JSON/],
    ['no object', '[]', /expected object/],
    ['no metric', { ...plain, metrics: [] }, /metrics/],
    ['a view', { ...plain, view: 'observation' }, /view "observation" .* Did you mean "observations"\?/],
    [
      'a measure',
      { ...plain, metrics: [{ measure: 'totalcosts', aggregation: 'sum' }] },
      /Measure "totalcosts" .* Did you mean "totalCost"\? Known: count,/,
    ],
    [
      'an aggregation',
      { ...plain, metrics: [{ measure: 'count', aggregation: 'p90th' }] },
      /aggregation "p90th"/,
    ],
    ['a dimension', { ...plain, dimensions: [{ field: 'nmes' }] }, /Dimension "nmes" .* Known: id,/],
    [
      'a filter',
      { ...plain, filters: [{ column: 'x', type: 'string', operator: '=', value: '' }] },
      /Filter column "x"/,
    ],
    [
      'an operator',
      { ...plain, filters: [{ column: 'name', type: 'string', operator: '~', value: '' }] },
      /filters/,
    ],
    ['a time', { ...plain, fromTimestamp: '2026-01-01' }, /fromTimestamp/],
    ['a range', { ...plain, fromTimestamp: plain.toTimestamp }, /must be before toTimestamp/],
    ['a limit', { ...plain, config: { row_limit: 1_001 } }, /row_limit/],
    ['bins', { ...plain, config: { bins: 0 } }, /bins/],
    [
      'an order',
      { ...plain, orderBy: [{ field: 'sum_cost', direction: 'asc' }] },
      /orderBy field "sum_cost"/,
    ],
  ])('refuse %s that is wrong, and say why', async (_what, query, message) => {
    for (const path of ['metrics', 'v2/metrics']) expect(await refusal(pathOf(path, query))).toMatch(message);
  });

  it('need a query', async () => {
    for (const path of ['metrics', 'v2/metrics'])
      expect(await refusal(`/api/public/${path}`)).toMatch(/query/);
  });
});

it('traces are a view of the first generation only', async () => {
  const traces = {
    view: 'traces',
    dimensions: [{ field: 'name' }],
    metrics: [
      { measure: 'count', aggregation: 'count' },
      { measure: 'observationsCount', aggregation: 'sum' },
      { measure: 'scoresCount', aggregation: 'sum' },
      { measure: 'latency', aggregation: 'max' },
    ],
    orderBy: [{ field: 'name', direction: 'desc' }],
  };
  expect(await first(traces)).toEqual([
    {
      name: 'mine-trace',
      count_count: '1',
      sum_observationsCount: '2',
      sum_scoresCount: '5',
      max_latency: '2500',
    },
    {
      name: 'mine-batch-trace',
      count_count: '1',
      sum_observationsCount: '3',
      sum_scoresCount: '0',
      max_latency: '900',
    },
  ]);
  expect(await refusal(pathOf('v2/metrics', { ...plain, ...traces }))).toMatch(
    /view "traces" is not known here/,
  );
});

it('the second generation groups by ids within bounds', async () => {
  const byTrace = { dimensions: [{ field: 'traceId' }] };
  expect(await refusal(pathOf('v2/metrics', { ...plain, ...byTrace }))).toMatch(
    /"traceId" has very many values/,
  );
  expect(
    await second({
      ...byTrace,
      orderBy: [{ field: 'count_count', direction: 'desc' }],
      config: { row_limit: 1 },
    }),
  ).toEqual([{ traceId: recorded.batch.traceId, count_count: '3' }]);
  expect(await first(byTrace)).toHaveLength(2);
});

describe('daily metrics', () => {
  const daily = async (query = '') => {
    const response = await api.get(`/api/public/metrics/daily${query}`, mine);
    const body = (await response.json()) as AnswerOf<typeof operations.listDailyMetrics>;
    expect(response.status).toBe(200);
    expect(operations.listDailyMetrics.responses[200].parse(body)).toEqual(body);
    return body;
  };
  const sum = (days: { countTraces: number; countObservations: number }[]) => ({
    traces: days.reduce((total, { countTraces }) => total + countTraces, 0),
    observations: days.reduce((total, { countObservations }) => total + countObservations, 0),
  });

  it('show each day with its models', async () => {
    const { data, meta } = await daily();
    expect(meta.totalItems).toBe(data.length);
    expect(sum(data)).toEqual({ traces: 2, observations: 5 });
    expect(data[0]!.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    const models = data.flatMap(({ usage }) => usage).filter(({ model }) => model === 'gpt-4o-mini');
    expect(models.reduce((total, { totalUsage }) => total + totalUsage, 0)).toBe(1215);
  });

  it('are narrowed by their parameters', async () => {
    expect(sum((await daily('?traceName=mine-trace')).data)).toEqual({ traces: 1, observations: 2 });
    expect(sum((await daily('?userId=mine-user&tags=mine-tag,second')).data)).toEqual({
      traces: 1,
      observations: 2,
    });
    expect((await daily('?environment=nowhere')).data).toEqual([]);
    expect((await daily('?toTimestamp=2020-01-01T00:00:00Z')).data).toEqual([]);
    expect(await daily('?limit=1&page=99')).toMatchObject({ data: [], meta: { page: 99, limit: 1 } });
    expect(await refusal('/api/public/metrics/daily?limit=101')).toMatch(/limit/);
    expect(await refusal('/api/public/metrics/daily?fromTimestamp=x')).toMatch(/fromTimestamp/);
  });
});

it('answered nothing with an internal error', () => expect(api.internalErrors).toEqual([]));
