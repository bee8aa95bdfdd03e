import { startEngines, type TestEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base, insertObservations, type ObservationSeed, second } from '../test-rows';
import { readDailyMetrics } from './daily-metrics';

let engines: TestEngines;
const day = 86_400 * second;
const midnight = base - (base % day);
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  const generation = (seed: Partial<ObservationSeed> & { id: string; traceId: string }): ObservationSeed => ({
    startTime: base,
    ...seed,
    columns: {
      type: 'GENERATION',
      model: 'gpt-4o',
      trace_name: 'support',
      user_id: 'ann',
      tags: ['a', 'b'],
      usage: { input: 10, input_cached: 1, output: 5, total: 16 },
      cost: { input: 0.1, output: 0.2, total: 0.3 },
      ...seed.columns,
    },
  });
  await insertObservations(
    engines.columnar,
    [
      generation({ traceId: 't1', id: 'o1' }),
      generation({ traceId: 't1', id: 'o2', columns: { model: 'claude', cost: { total: 1 } } }),
      generation({ traceId: 't1', id: 'o3', columns: { model: '', usage: {}, cost: {} } }),
      generation({ traceId: 't1', id: 'gone' }),
      generation({
        traceId: 't2',
        id: 'o4',
        startTime: midnight + 2 * day,
        columns: { user_id: 'bob', tags: ['a'] },
      }),
      // Begins on one day and goes on the next.
      generation({
        traceId: 't3',
        id: 'o5',
        startTime: midnight + 4 * day - 1,
        columns: { environment: 'dev' },
      }),
      generation({ traceId: 't3', id: 'o6', startTime: midnight + 4 * day, columns: { environment: 'dev' } }),
      { ...generation({ traceId: 't9', id: 'o9' }), projectId: 'other' },
    ],
    [{ ...generation({ traceId: 't1', id: 'gone' }), rowVersion: 2, isDeleted: true }],
    [generation({ traceId: 't1', id: 'o1' })],
  );
});
afterAll(() => engines?.stop());

const all = { projectId: 'p1', limit: 50, offset: 0 };
const read = (change: object = {}) => readDailyMetrics(engines.columnar, { ...all, ...change });

describe('daily metrics', () => {
  it('count each day what began on it, the newest first, by model', async () => {
    const { days, totalDays } = await read();
    expect(totalDays).toBe(4);
    expect(
      days.map(({ day: at, traceCount, observationCount }) => [
        (at - midnight) / day,
        traceCount,
        observationCount,
      ]),
    ).toEqual([
      [4, 0, 1],
      [3, 1, 1],
      [2, 1, 1],
      [0, 1, 3],
    ]);
    expect(days[3]).toMatchObject({ totalCost: 1.3 });
    expect(days[3]!.models).toEqual([
      {
        model: 'claude',
        inputUsage: 11,
        outputUsage: 5,
        totalUsage: 16,
        traceCount: 1,
        observationCount: 1,
        totalCost: 1,
      },
      {
        model: 'gpt-4o',
        inputUsage: 11,
        outputUsage: 5,
        totalUsage: 16,
        traceCount: 1,
        observationCount: 1,
        totalCost: 0.3,
      },
      {
        model: null,
        inputUsage: 0,
        outputUsage: 0,
        totalUsage: 0,
        traceCount: 1,
        observationCount: 1,
        totalCost: 0,
      },
    ]);
  });

  it.each<[string, object, number[]]>([
    ['user', { userId: 'bob' }, [2]],
    ['trace name', { traceName: 'nothing' }, []],
    ['all tags', { tags: ['a', 'b'] }, [4, 3, 0]],
    ['environment', { environment: ['dev', 'x'] }, [4, 3]],
    ['range', { from: midnight + day, to: midnight + 4 * day }, [3, 2]],
    ['page', { limit: 2, offset: 1 }, [3, 2]],
    ['page behind the last', { offset: 100 }, []],
  ])('are narrowed by %s', async (_what, change, expected) => {
    const { days } = await read(change);
    expect(days.map(({ day: at }) => (at - midnight) / day)).toEqual(expected);
    expect(days.every(({ models }) => models.length > 0)).toBe(true);
  });

  it('are of the project that asks', async () => {
    expect((await read({ projectId: 'other' })).days).toMatchObject([{ traceCount: 1, observationCount: 1 }]);
    expect(await read({ projectId: 'nobody' })).toEqual({ days: [], totalDays: 0 });
  });
});
