import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceFacets } from '../explore/trace-facets';
import { traceHistogram } from '../explore/trace-histogram';
import { base, insertObservations, second } from '../test-rows';
import { getSession } from './get-session';
import { countSessions, listSessions } from './list-sessions';

/** What is read across traces: sessions, facets, histogram, totals; all over the same five traces. */
let engines: Awaited<ReturnType<typeof startEngines>>;
const projectId = 'p1';
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  const trace = (index: number, columns: Record<string, unknown>) => ({
    projectId,
    traceId: `t${index}`,
    id: `o${index}`,
    startTime: base + index * second,
    columns,
  });
  const priced = { usage: { input: 1, total: 2 }, cost: { total: 0.5 } };
  await insertObservations(engines.columnar, [
    trace(0, { session_id: 'one', environment: 'dev', user_id: 'ann', trace_name: 'a', tags: ['x', 'y'] }),
    trace(1, {
      session_id: 'one',
      environment: 'prod',
      user_id: 'bob',
      trace_name: 'b',
      tags: ['x'],
      level: 'ERROR',
    }),
    trace(2, { session_id: 'two', environment: 'prod', trace_name: 'a', model: 'gpt', ...priced }),
    trace(3, { trace_name: 'a', model: 'gpt', ...priced }),
    trace(4, { trace_name: 'c', model: 'claude', cost: { total: 3 } }),
  ]);
});
afterAll(() => engines.stop());

describe('sessions', () => {
  it('are the traces that name them, as their first one was', async () => {
    const { sessions } = await listSessions(engines.columnar, { projectId, limit: 9 });
    expect(sessions).toMatchObject([
      { id: 'two', createdAt: base + 2 * second, environment: 'prod', traceCount: 1, userIds: [] },
      { id: 'one', createdAt: base, lastTraceAt: base + second, environment: 'dev', traceCount: 2 },
    ]);
    expect([...sessions[1]!.userIds].sort()).toEqual(['ann', 'bob']);
  });

  it('are found by time, environment and part of their id, and paged', async () => {
    const ids = async (selection: object) =>
      (await listSessions(engines.columnar, { projectId, limit: 9, ...selection })).sessions.map(
        ({ id }) => id,
      );
    expect(await ids({ from: base + 1 })).toEqual(['two']);
    expect(await ids({ to: base + 2 * second })).toEqual(['one']);
    expect(await ids({ environment: ['prod'] })).toEqual(['two']);
    expect(await ids({ search: 'ON' })).toEqual(['one']);
    expect(await countSessions(engines.columnar, { projectId })).toBe(2);
    const first = await listSessions(engines.columnar, { projectId, limit: 1 });
    expect(first.cursor).not.toBeNull();
    expect(await ids({ cursor: first.cursor })).toEqual(['one']);
    expect(await ids({ offset: 1 })).toEqual(['one']);
  });

  it('open with their traces, oldest first', async () => {
    const session = await getSession(engines.columnar, { projectId, sessionId: 'one' });
    expect(session!.traces.map(({ id }) => id)).toEqual(['t0', 't1']);
    expect(await getSession(engines.columnar, { projectId, sessionId: 'none' })).toBeNull();
  });
});

describe('facets', () => {
  it.each([
    [
      'name',
      [
        ['a', 3],
        ['b', 1],
        ['c', 1],
      ],
    ],
    [
      'tags',
      [
        ['x', 2],
        ['y', 1],
      ],
    ],
    [
      'level',
      [
        ['DEFAULT', 4],
        ['ERROR', 1],
      ],
    ],
    [
      'model',
      [
        ['gpt', 2],
        ['claude', 1],
      ],
    ],
    [
      'environment',
      [
        ['default', 2],
        ['prod', 2],
        ['dev', 1],
      ],
    ],
    ['release', []],
  ] as const)('of %s are counted by trace, without the empty value', async (field, expected) => {
    const found = await traceFacets(engines.columnar, { projectId, field, limit: 9 });
    expect(found.map(({ value, count }) => [value, count])).toEqual(expected);
  });

  it('keep to the range and the search', async () => {
    const range = { from: base + 2 * second, to: base + 3 * second };
    const find = (more: object) =>
      traceFacets(engines.columnar, { projectId, field: 'model', limit: 9, ...more });
    expect(await find(range)).toEqual([{ value: 'gpt', count: 1 }]);
    expect(await find({ valueSearch: 'CLA' })).toEqual([{ value: 'claude', count: 1 }]);
  });
});

it('a histogram has equal buckets over the range, the empty ones too', async () => {
  const range = { from: base - second, to: base + 5 * second };
  const buckets = await traceHistogram(engines.columnar, { projectId, buckets: 3, ...range });
  expect(buckets).toEqual([
    { time: base - second, count: 1, errorCount: 0, totalCost: 0 },
    { time: base + second, count: 2, errorCount: 1, totalCost: 0.5 },
    { time: base + 3 * second, count: 2, errorCount: 0, totalCost: 3.5 },
  ]);
  const open = await traceHistogram(engines.columnar, { projectId, buckets: 1 });
  expect(open).toMatchObject([{ time: base, count: 5 }]);
  expect(await traceHistogram(engines.columnar, { projectId: 'empty', buckets: 5 })).toEqual([]);
});
