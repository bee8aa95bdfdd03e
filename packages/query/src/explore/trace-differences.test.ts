import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base, insertObservations, insertScores, second } from '../test-rows';
import { traceDifferences } from './trace-differences';

let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  const traces = Array.from({ length: 200 }, (_, n) => ({ n, id: `t${n}`, isSlow: n % 10 === 0 }));
  await insertObservations(
    engines.columnar,
    traces.flatMap(({ n, id, isSlow }) => [
      {
        traceId: id,
        id: `${id}-root`,
        startTime: base + n * second,
        columns: {
          name: 'answer',
          user_id: `user ${n % 7}`,
          tags: isSlow ? ['beta', 'all'] : ['all'],
          release: isSlow ? 'v2' : 'v1',
          end_time: `${(base + n * second + (isSlow ? 9 : 1) * second) / 1e6}`,
        },
      },
      {
        traceId: id,
        id: `${id}-call`,
        startTime: base + n * second,
        columns: {
          parent_observation_id: `${id}-root`,
          type: 'GENERATION',
          name: isSlow ? 'retry' : 'call',
          model: isSlow ? 'large' : 'small',
          prompt_name: 'p',
          prompt_version: isSlow ? 2 : 1,
          tool_call_names: isSlow ? ['search'] : [],
          level: isSlow ? 'ERROR' : 'DEFAULT',
          usage: { total: isSlow ? 100 : 10 },
          cost: { total: isSlow ? 1 : 0.5 },
        },
      },
    ]),
  );
  await insertScores(
    engines.columnar,
    traces.map(({ n, id, isSlow }) => ({
      id: `s${n}`,
      timestamp: base,
      columns: {
        trace_id: id,
        name: 'tone',
        data_type: 'CATEGORICAL',
        string_value: isSlow ? 'rude' : 'kind',
      },
    })),
  );
  // Another tenant's, which would turn every answer round.
  await insertObservations(
    engines.columnar,
    traces.map(({ n, id }) => ({
      projectId: 'other',
      traceId: id,
      id: `${id}-x`,
      startTime: base + n * second,
      columns: { release: 'v2', model: 'theirs', tags: ['theirs'] },
    })),
  );
});
afterAll(() => engines?.stop());

const slow = { type: 'number', column: 'latency', operator: '>', value: 5 } as const;

describe('traceDifferences', () => {
  it('finds what the slow ones have that the others have not, and nothing that both have', async () => {
    const found = await traceDifferences(engines.columnar, {
      projectId: 'p1',
      selection: {},
      region: { filter: [slow] },
    });
    expect([found.insideCount, found.outsideCount]).toEqual([20, 180]);
    const most = Object.fromEntries(found.fields.map(({ field, values }) => [field, values[0]]));
    expect(Object.keys(most).sort()).toEqual(
      ['level', 'model', 'observation', 'prompt', 'release', 'score.tone', 'tags', 'tool'].sort(),
    );
    expect(most.model).toMatchObject({ insideShare: expect.any(Number), outsideShare: expect.any(Number) });
    expect(new Set(found.fields.flatMap(({ values }) => values.map(({ value }) => value)))).toEqual(
      new Set([
        'ERROR',
        'DEFAULT',
        'large',
        'small',
        'retry',
        'call',
        'p v2',
        'p v1',
        'v2',
        'v1',
        'rude',
        'kind',
        'beta',
        'search',
      ]),
    );
    expect(found.measures).toEqual([
      { measure: 'latencyMs', inside: 9_000, outside: 1_000 },
      { measure: 'totalCost', inside: 1, outside: 0.5 },
      { measure: 'totalTokens', inside: 100, outside: 10 },
      { measure: 'errorCount', inside: 1, outside: 0 },
    ]);
  });

  it('compares within the selection, by time too', async () => {
    const found = await traceDifferences(engines.columnar, {
      projectId: 'p1',
      selection: { from: base, to: base + 100 * second, filter: [{ ...slow, operator: '<' }] },
      region: { from: base, to: base + 50 * second },
    });
    expect([found.insideCount, found.outsideCount]).toEqual([45, 45]);
    expect(found.fields).toEqual([]);
  });

  it('says nothing where there is nothing to compare', async () => {
    const found = await traceDifferences(engines.columnar, { projectId: 'p1', selection: {}, region: {} });
    expect([found.insideCount, found.outsideCount, found.fields]).toEqual([200, 0, []]);
  });
});
