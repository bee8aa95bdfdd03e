import { type startEngines as Start, startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base, insertObservations, insertScores, searchFor, second } from '../test-rows';
import { countTraces } from './count-traces';
import { getTrace } from './get-trace';
import { listTraces } from './list-traces';
import type { TraceCursor } from './trace-order';

let engines: Awaited<ReturnType<typeof Start>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
});
afterAll(() => engines.stop());

const long = 'x'.repeat(500);

describe('a trace is the aggregate of its spans', () => {
  beforeAll(async () => {
    const of = (id: string, seconds: number, columns: Record<string, unknown> = {}) => ({
      projectId: 'spans',
      traceId: 't1',
      id,
      startTime: base + seconds * second,
      columns,
    });
    await insertObservations(
      engines.columnar,
      [
        of('root', 0, {
          name: 'handle',
          input: `root in ${long}`,
          output: 'root out',
          metadata: { a: 'root', b: 'root' },
          end_time: `${(base + 5 * second) / 1e6}`,
          user_id: 'ann',
          tags: ['x'],
        }),
        of('gen', 1, {
          parent_observation_id: 'root',
          type: 'GENERATION',
          model: 'gpt',
          usage: { input: 3, output: 4, total: 7 },
          cost: { input: 0.1, output: 0.2, total: 0.3 },
          level: 'ERROR',
        }),
      ],
      [
        // A later span says more of the trace; it arrives in another insert.
        of('late', 2, {
          parent_observation_id: 'root',
          trace_name: 'named',
          user_id: 'bob',
          tags: ['y', 'z'],
          trace_output: 'said out',
          trace_metadata: { a: 'said' },
          public: true,
          level: 'WARNING',
        }),
      ],
    );
  });

  it('takes the latest word, sums, the worst level, and previews', async () => {
    const { traces } = await listTraces(engines.columnar, {
      projectId: 'spans',
      limit: 10,
      fields: { io: true, observationIds: true },
    });
    expect(traces).toHaveLength(1);
    expect(traces[0]).toMatchObject({
      id: 't1',
      timestamp: base,
      name: 'named',
      userId: 'bob',
      tags: ['y', 'z'],
      public: true,
      level: 'ERROR',
      levelCounts: { DEBUG: 0, DEFAULT: 1, WARNING: 1, ERROR: 1 },
      observationCount: 3,
      latencyUs: 5 * second,
      usage: { input: 3, output: 4, total: 7 },
      totalCost: 0.3,
      models: ['gpt'],
      inputPreview: `root in ${long}`.slice(0, 200),
      outputPreview: 'said out',
      io: { input: `root in ${long}`, output: 'said out', metadata: { a: 'said', b: 'root' } },
    });
    expect([...traces[0]!.observationIds].sort()).toEqual(['gen', 'late', 'root']);
  });

  it.each([
    ['name', { type: 'string', column: 'name', operator: '=', value: 'named' }, 1],
    ['old user', { type: 'string', column: 'userId', operator: '=', value: 'ann' }, 0],
    ['level', { type: 'stringOptions', column: 'level', operator: 'any of', value: ['ERROR'] }, 1],
    ['latency', { type: 'number', column: 'latency', operator: '=', value: 5 }, 1],
    ['cost', { type: 'number', column: 'totalCost', operator: '>', value: 0.3 }, 0],
    [
      'said metadata',
      { type: 'stringObject', column: 'metadata', key: 'a', operator: '=', value: 'said' },
      1,
    ],
    [
      'root metadata',
      { type: 'stringObject', column: 'metadata', key: 'a', operator: '=', value: 'root' },
      0,
    ],
    ['tags', { type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['y', 'z'] }, 1],
    ['old tags', { type: 'arrayOptions', column: 'traceTags', operator: 'any of', value: ['x'] }, 0],
  ] as const)('is filtered by what it shows: %s', async (_what, condition, expected) => {
    const selection = { projectId: 'spans', filter: [condition as never] };
    expect((await listTraces(engines.columnar, { ...selection, limit: 10 })).traces).toHaveLength(expected);
    expect(await countTraces(engines.columnar, selection)).toBe(expected);
  });

  it('opens with all of its observations, payloads only when asked for', async () => {
    const light = await getTrace(engines.columnar, { projectId: 'spans', traceId: 't1' });
    expect(light!.observations.map(({ id }) => id)).toEqual(['root', 'gen', 'late']);
    expect(light!.observations[0]).not.toHaveProperty('input');
    expect(light!.trace.io?.output).toBe('said out');
    const whole = await getTrace(engines.columnar, { projectId: 'spans', traceId: 't1', io: true });
    expect(whole!.observations[0]).toMatchObject({ input: `root in ${long}`, metadata: { a: 'root' } });
    await expect(
      getTrace(engines.columnar, { projectId: 'spans', traceId: 't1', io: true, maxPayloadBytes: 100 }),
    ).rejects.toThrow('at most 100');
    expect(await getTrace(engines.columnar, { projectId: 'spans', traceId: 'no' })).toBeNull();
  });

  it('finds words wherever they stand, whatever their case', async () => {
    const find = async (search: string) =>
      (await listTraces(engines.columnar, { projectId: 'spans', search: searchFor(search), limit: 9 })).traces
        .length;
    expect(await find('HANDLE said')).toBe(1);
    expect(await find('handle absent')).toBe(0);
    expect(await find('%')).toBe(0);
  });
});

describe('the record of a trace-create', () => {
  const record = (
    startTime: number,
    rowVersion: number,
    columns: Record<string, unknown>,
    isDeleted = false,
  ) => ({
    projectId: 'records',
    traceId: 'r1',
    id: '',
    startTime,
    rowVersion,
    isDeleted,
    columns: { source: 'ingestion-api', ...columns },
  });

  it('speaks before its spans, and its newest version alone', async () => {
    await insertObservations(
      engines.columnar,
      [
        record(base + 2 * second, 1, { trace_name: 'first', user_id: 'old', public: true }),
        {
          projectId: 'records',
          traceId: 'r1',
          id: 'o1',
          startTime: base,
          columns: { name: 'span', input: 'span in', source: 'ingestion-api', user_id: '' },
        },
      ],
      // The trace turned out to be at another time: the old row is withdrawn, the new one knows more.
      [
        record(base + 2 * second, 2, {}, true),
        record(base + 90 * second, 2, {
          trace_name: 'second',
          user_id: 'new',
          public: false,
          tags: ['t'],
          output: 'record out',
          metadata: { k: 'v' },
        }),
      ],
    );
    const { traces } = await listTraces(engines.columnar, {
      projectId: 'records',
      limit: 10,
      fields: { io: true },
    });
    expect(traces).toHaveLength(1);
    expect(traces[0]).toMatchObject({
      timestamp: base + 90 * second,
      name: 'second',
      userId: 'new',
      public: false,
      tags: ['t'],
      observationCount: 1,
      inputPreview: 'span in',
      io: { input: 'span in', output: 'record out', metadata: { k: 'v' } },
    });
    const within = (from: number, to: number) =>
      countTraces(engines.columnar, { projectId: 'records', from, to });
    expect(await within(base + 90 * second, base + 91 * second)).toBe(1);
    expect(await within(base, base + 90 * second)).toBe(0);
  });

  it('is a trace without observations too', async () => {
    await insertObservations(engines.columnar, [
      { projectId: 'lonely', traceId: 'r2', id: '', startTime: base, columns: { trace_name: 'alone' } },
    ]);
    const { traces } = await listTraces(engines.columnar, {
      projectId: 'lonely',
      limit: 10,
      filter: [{ type: 'number', column: 'totalCost', operator: '<', value: 1 }],
    });
    expect(traces).toMatchObject([
      { name: 'alone', observationCount: 0, latencyUs: 0, level: 'DEFAULT', firstStart: null, lastEnd: null },
    ]);
  });
});

describe('pages', () => {
  const projectId = 'pages';
  const ids = Array.from({ length: 57 }, (_, index) => `t${String(index).padStart(2, '0')}`);
  beforeAll(async () => {
    // Three at a time start at the same microsecond.
    await insertObservations(
      engines.columnar,
      ids.map((traceId, index) => ({
        projectId,
        traceId,
        id: 'o',
        startTime: base + Math.floor(index / 3) * 20 * second,
        columns: { cost: { total: (index % 5) / 7 } },
      })),
    );
  });

  it.each([
    { column: 'timestamp', direction: 'desc' },
    { column: 'timestamp', direction: 'asc' },
    { column: 'totalCost', direction: 'desc' },
    { column: 'name', direction: 'asc' },
  ] as const)('by cursor are complete and without doubles: %j', async (order) => {
    const seen: string[] = [];
    let cursor: TraceCursor | null = null;
    do {
      const page = await listTraces(engines.columnar, {
        projectId,
        limit: 10,
        order,
        cursor: cursor ?? undefined,
      });
      seen.push(...page.traces.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor);
    expect([...seen].sort()).toEqual(ids);
  });

  it('by offset are the same', async () => {
    const seen: string[] = [];
    for (let offset = 0; offset < 60; offset += 20) {
      const page = await listTraces(engines.columnar, { projectId, limit: 20, offset });
      seen.push(...page.traces.map(({ id }) => id));
    }
    expect([...seen].sort()).toEqual(ids);
    expect(await countTraces(engines.columnar, { projectId })).toBe(ids.length);
  });
});

describe('scores of a trace', () => {
  it('filter it, and come with it', async () => {
    await insertObservations(engines.columnar, [
      { projectId: 'judged', traceId: 'a', id: 'o', startTime: base },
      { projectId: 'judged', traceId: 'b', id: 'o', startTime: base + 1 },
    ]);
    await insertScores(engines.columnar, [
      { projectId: 'judged', id: 's1', timestamp: base, columns: { trace_id: 'a', value: 1 } },
      {
        projectId: 'judged',
        id: 's2',
        timestamp: base,
        columns: { trace_id: 'a', value: 0, observation_id: 'o' },
      },
      {
        projectId: 'judged',
        id: 's3',
        timestamp: base,
        columns: { trace_id: 'b', name: 'mood', data_type: 'CATEGORICAL', string_value: 'good' },
      },
    ]);
    const list = async (filter: unknown) => {
      const page = await listTraces(engines.columnar, {
        projectId: 'judged',
        limit: 9,
        filter: [filter as never],
        fields: { scores: true },
      });
      return page.traces.map(({ id, scores }) => [id, scores.map((score) => score.id).sort()]);
    };
    const average = { type: 'numberObject', column: 'scores_avg', key: 'quality', operator: '=', value: 0.5 };
    expect(await list(average)).toEqual([['a', ['s1', 's2']]]);
    const mood = { type: 'categoryOptions', column: 'score_categories', key: 'mood', value: ['good'] };
    expect(await list({ ...mood, operator: 'any of' })).toEqual([['b', ['s3']]]);
    expect(await list({ ...mood, operator: 'none of' })).toEqual([['a', ['s1', 's2']]]);
  });
});

it('refuses what cannot be, naming the rule', async () => {
  const list = (more: object) => listTraces(engines.columnar, { projectId: 'p', limit: 1, ...more });
  await expect(
    list({ filter: [{ type: 'string', column: 'nope', operator: '=', value: '' }] }),
  ).rejects.toThrow(/Column "nope" is not known here/);
  await expect(
    list({ filter: [{ type: 'number', column: 'name', operator: '=', value: 1 }] }),
  ).rejects.toThrow(/"name" does not take conditions of type "number"/);
  await expect(list({ order: { column: 'constructor', direction: 'asc' } })).rejects.toThrow(
    /not ordered by/,
  );
  await expect(list({ projectId: '' })).rejects.toThrow(/without a project/);
});
