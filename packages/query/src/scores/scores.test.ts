import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base, insertObservations, insertScores } from '../test-rows';
import { getScore } from './get-score';
import { countScores, type ListScores, listScores, type ScorePage } from './list-scores';

let engines: Awaited<ReturnType<typeof startEngines>>;
const projectId = 'p1';
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  await insertObservations(engines.columnar, [
    {
      traceId: 't1',
      id: 'o1',
      startTime: base,
      columns: { user_id: 'ann', tags: ['x', 'y'], session_id: 's' },
    },
    { traceId: 't2', id: 'o2', startTime: base, columns: { user_id: 'bob', tags: ['x'] } },
  ]);
  await insertScores(
    engines.columnar,
    [
      { id: 'num', timestamp: base, columns: { trace_id: 't1', value: 0.5, metadata: { k: 'v' } } },
      {
        id: 'obs',
        timestamp: base,
        columns: { trace_id: 't2', observation_id: 'o2', value: 3, name: 'speed' },
      },
      {
        id: 'bool',
        timestamp: base + 1,
        columns: {
          trace_id: 't1',
          data_type: 'BOOLEAN',
          value: 1,
          string_value: 'True',
          source: 'ANNOTATION',
        },
      },
      {
        id: 'cat',
        timestamp: base + 2,
        columns: {
          trace_id: 't1',
          data_type: 'CATEGORICAL',
          string_value: 'good',
          config_id: 'c',
          queue_id: 'q',
        },
      },
      { id: 'session', timestamp: base + 3, columns: { session_id: 's', value: 1, environment: 'dev' } },
      { id: 'run', timestamp: base + 4, columns: { dataset_run_id: 'r', value: 1, author_user_id: 'u' } },
      { id: 'old', timestamp: base + 5, columns: { trace_id: 't1', value: 9 } },
      { id: 'gone', timestamp: base + 5, columns: { trace_id: 't1' } },
    ],
    [
      {
        id: 'old',
        timestamp: base + 5,
        rowVersion: 2,
        columns: { trace_id: 't1', value: -1, comment: 'newer' },
      },
      { id: 'gone', timestamp: base + 5, rowVersion: 2, isDeleted: true },
    ],
  );
});
afterAll(() => engines.stop());

const ids = async (selection: Partial<ListScores>) =>
  (await listScores(engines.columnar, { projectId, limit: 50, ...selection })).scores.map(({ id }) => id);

describe('scores are listed', () => {
  it('newest first, the newest version of each', async () => {
    expect(await ids({})).toEqual(['old', 'run', 'session', 'cat', 'bool', 'obs', 'num']);
    expect(await countScores(engines.columnar, { projectId })).toBe(7);
    expect(await getScore(engines.columnar, { projectId, scoreId: 'old' })).toMatchObject({
      value: -1,
      comment: 'newer',
    });
    expect(await getScore(engines.columnar, { projectId, scoreId: 'gone' })).toBeNull();
  });

  it.each<[string, Partial<ListScores>, string[]]>([
    ['ids', { ids: ['num', 'cat'] }, ['cat', 'num']],
    ['name', { names: ['speed'] }, ['obs']],
    ['source', { sources: ['ANNOTATION'] }, ['bool']],
    ['data type', { dataTypes: ['BOOLEAN', 'CATEGORICAL'] }, ['cat', 'bool']],
    ['not these types', { exceptDataTypes: ['NUMERIC', 'BOOLEAN'] }, ['cat']],
    ['environment', { environments: ['dev'] }, ['session']],
    ['config', { configIds: ['c'] }, ['cat']],
    ['queue', { queueIds: ['q'] }, ['cat']],
    ['author', { authorUserIds: ['u'] }, ['run']],
    ['trace', { traceIds: ['t2'] }, ['obs']],
    ['observation', { traceIds: ['t2'], observationIds: ['o2'] }, ['obs']],
    ['session', { sessionIds: ['s'] }, ['session']],
    ['run', { datasetRunIds: ['r'] }, ['run']],
    ['traces only', { subject: 'trace', from: base + 2 }, ['old', 'cat']],
    ['user of the trace', { userIds: ['bob'] }, ['obs']],
    [
      'tags of the trace, all of them',
      { traceTags: ['x', 'y'], names: ['quality'] },
      ['old', 'cat', 'bool', 'num'],
    ],
    ['value', { value: { operator: '>=', value: 3 } }, ['obs']],
    ['another value', { value: { operator: '!=', value: 1 }, dataTypes: ['NUMERIC'] }, ['old', 'obs', 'num']],
    ['labels', { values: { dataType: 'CATEGORICAL', values: ['good', 'bad'] } }, ['cat']],
    ['truth', { values: { dataType: 'BOOLEAN', values: [true] } }, ['bool']],
    ['numbers', { values: { dataType: 'NUMERIC', values: [0.5, 3] } }, ['obs', 'num']],
    ['between', { valueMin: 0, valueMax: 0.5, dataTypes: ['NUMERIC'] }, ['num']],
    ['time', { from: base + 1, to: base + 3 }, ['cat', 'bool']],
    [
      'metadata',
      { filter: [{ type: 'stringObject', column: 'metadata', key: 'k', operator: '=', value: 'v' }] },
      ['num'],
    ],
    [
      'the filter before the parameter',
      {
        names: ['speed'],
        filter: [{ type: 'stringOptions', column: 'name', operator: 'none of', value: ['quality'] }],
      },
      ['obs'],
    ],
  ])('by %s', async (_what, selection, expected) => {
    expect(await ids(selection)).toEqual(expected);
    expect(await countScores(engines.columnar, { projectId, ...selection })).toBe(expected.length);
  });

  it('with what their trace says', async () => {
    const { scores } = await listScores(engines.columnar, { projectId, limit: 50, withTrace: true });
    expect(scores.find(({ id }) => id === 'num')!.trace).toMatchObject({
      userId: 'ann',
      tags: ['x', 'y'],
      sessionId: 's',
    });
    expect(scores.find(({ id }) => id === 'session')!.trace).toBeNull();
  });

  it('page by page without gaps or doubles, under ties', async () => {
    await insertScores(
      engines.columnar,
      Array.from({ length: 25 }, (_, index) => ({ projectId: 'ties', id: `s${index}`, timestamp: base })),
    );
    const seen: string[] = [];
    let cursor: ScorePage['cursor'] = null;
    do {
      const page: ScorePage = await listScores(engines.columnar, {
        projectId: 'ties',
        limit: 10,
        cursor: cursor ?? undefined,
      });
      seen.push(...page.scores.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });
});
