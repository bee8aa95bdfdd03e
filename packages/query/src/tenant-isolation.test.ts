import { printField, type SearchTest } from '@tracewell/domain/search/index';
import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listExperimentItems, listExperimentLinks } from './experiments/list-experiment-items';
import { listExperiments, readExperimentMetadata } from './experiments/list-experiments';
import { readLinkedSpans } from './experiments/read-linked-spans';
import { observationFacets } from './explore/observation-facets';
import { sessionFacets } from './explore/session-facets';
import { traceFacets } from './explore/trace-facets';
import { traceHistogram } from './explore/trace-histogram';
import { readDailyMetrics } from './metrics/daily-metrics';
import { getObservation } from './observations/get-observation';
import { countObservations, listObservations } from './observations/list-observations';
import { getScore } from './scores/get-score';
import { countScores, listScores } from './scores/list-scores';
import { scoresOfExperimentItems, scoresOfExperiments } from './scores/scores-of-experiments';
import { getSession } from './sessions/get-session';
import { countSessions, listSessions } from './sessions/list-sessions';
import { searchSessions } from './sessions/search-sessions';
import { base, insertObservations, insertScores, searchFor } from './test-rows';
import { countTraces } from './traces/count-traces';
import { getTrace } from './traces/get-trace';
import { listTraces } from './traces/list-traces';

/** The same ids in two projects, told apart by who says them; and every text a client can send, as SQL. */
let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  await insertObservations(
    engines.columnar,
    ['mine', 'theirs'].map((projectId) => ({
      projectId,
      traceId: 't',
      id: 'o',
      startTime: base,
      columns: {
        name: projectId,
        trace_name: projectId,
        user_id: projectId,
        session_id: 's',
        environment: projectId,
        input: `secret of ${projectId}`,
        model: projectId,
        metadata: { [projectId]: 'x' },
        tool_call_names: [projectId],
        cost: { total: projectId === 'mine' ? 1 : 2 },
        experiment_id: 'e',
        experiment_name: projectId,
        experiment_item_id: projectId,
        experiment_item_root_observation_id: 'o',
        experiment_metadata: { of: projectId },
      },
    })),
  );
  await insertScores(
    engines.columnar,
    ['mine', 'theirs'].map((projectId) => ({
      projectId,
      id: 'score',
      timestamp: base,
      columns: {
        trace_id: 't',
        dataset_run_id: 'e',
        comment: projectId,
        value: projectId === 'mine' ? 1 : 2,
      },
    })),
    ['mine', 'theirs'].map((projectId) => ({
      projectId,
      id: 'named',
      timestamp: base,
      columns: { trace_id: 't', name: projectId, comment: projectId },
    })),
  );
});
afterAll(() => engines.stop());

/** Both projects have it. */
const secret = { kind: 'text', text: 'secret', place: { start: 0, end: 6 } } as const;

const reads = (projectId: string): Record<string, () => Promise<unknown>> => {
  const { columnar } = engines;
  const all = { io: true, observationIds: true, scores: true };
  return {
    listTraces: () => listTraces(columnar, { projectId, limit: 9, fields: all }),
    listTracesByCost: () =>
      listTraces(columnar, { projectId, limit: 9, order: { column: 'totalCost', direction: 'desc' } }),
    getTrace: () => getTrace(columnar, { projectId, traceId: 't', io: true, scores: true }),
    listObservations: () =>
      listObservations(columnar, { projectId, limit: 9, groups: ['basic', 'io', 'traceContext', 'model'] }),
    getObservation: () => getObservation(columnar, { projectId, observationId: 'o' }),
    listScores: () => listScores(columnar, { projectId, limit: 9, withTrace: true }),
    getScore: () => getScore(columnar, { projectId, scoreId: 'score' }),
    listSessions: () => listSessions(columnar, { projectId, limit: 9 }),
    searchSessions: () => searchSessions(columnar, { projectId, limit: 9 }),
    sessionFacets: () => sessionFacets(columnar, { projectId, field: 'userId', limit: 9 }),
    getSession: () => getSession(columnar, { projectId, sessionId: 's', fields: all }),
    scoreNameFacets: () => traceFacets(columnar, { projectId, field: 'scoreName', limit: 9 }),
    metadataKeyFacets: () => traceFacets(columnar, { projectId, field: 'metadataKey', limit: 9 }),
    observationFacets: () => observationFacets(columnar, { projectId, field: 'model', limit: 9 }),
    observationsSearched: () =>
      listObservations(columnar, { projectId, limit: 9, groups: ['basic'], search: secret }),
    toolFacets: () => traceFacets(columnar, { projectId, field: 'tool', limit: 9 }),
    facets: () => traceFacets(columnar, { projectId, field: 'name', limit: 9 }),
    modelFacets: () =>
      traceFacets(columnar, { projectId, field: 'model', limit: 9, from: base, to: base + 1 }),
    listExperiments: () => listExperiments(columnar, { projectId, from: base, limit: 9 }),
    experimentMetadata: async () => [
      ...(await readExperimentMetadata(columnar, { projectId, from: base, ids: ['e'] })),
    ],
    listExperimentItems: () =>
      listExperimentItems(columnar, { projectId, from: base, limit: 9, groups: ['experiment', 'io'] }),
    listExperimentLinks: () => listExperimentLinks(columnar, { projectId, from: base, limit: 9 }),
    linkedSpans: () =>
      readLinkedSpans(columnar, {
        projectId,
        payloads: true,
        links: [
          { traceId: 't', observationId: 'o' },
          { traceId: 't', observationId: null },
        ],
      }),
    scoresOfExperiments: () =>
      scoresOfExperiments(columnar, { projectId, experimentIds: ['e'], from: base, limit: 9 }),
    scoresOfExperimentItems: () =>
      scoresOfExperimentItems(columnar, {
        projectId,
        traceIds: ['t'],
        observationIds: ['o'],
        from: base,
        limit: 9,
      }),
  };
};
const readNames = [
  'listTraces',
  'listTracesByCost',
  'getTrace',
  'listObservations',
  'getObservation',
  'listScores',
  'getScore',
  'listSessions',
  'searchSessions',
  'sessionFacets',
  'getSession',
  'facets',
  'modelFacets',
  'scoreNameFacets',
  'metadataKeyFacets',
  'toolFacets',
  'observationFacets',
  'observationsSearched',
  'listExperiments',
  'experimentMetadata',
  'listExperimentItems',
  'listExperimentLinks',
  'linkedSpans',
  'scoresOfExperiments',
  'scoresOfExperimentItems',
];

describe('a project', () => {
  it.each(readNames)('sees its own and nobody else’s: %s', async (name) => {
    expect(Object.keys(reads('mine')).sort()).toEqual([...readNames].sort());
    const mine = JSON.stringify(await reads('mine')[name]!());
    expect(mine).toContain('mine');
    expect(mine).not.toContain('theirs');
    const none = JSON.stringify(await reads('nobody')[name]!());
    expect(none).not.toMatch(/mine|theirs/);
  });

  it('counts its own', async () => {
    const { columnar } = engines;
    for (const [projectId, expected] of [
      ['mine', 1],
      ['nobody', 0],
    ] as const) {
      expect(await countTraces(columnar, { projectId })).toBe(expected);
      expect(await countObservations(columnar, { projectId })).toBe(expected);
      expect(await countScores(columnar, { projectId })).toBe(expected * 2);
      expect(await countSessions(columnar, { projectId })).toBe(expected);
    }
    const { days } = await readDailyMetrics(columnar, { projectId: 'mine', limit: 9, offset: 0 });
    expect(days).toMatchObject([{ totalCost: 1, traceCount: 1, observationCount: 1 }]);
    const buckets = await traceHistogram(columnar, {
      projectId: 'mine',
      buckets: 3,
      from: base,
      to: base + 3,
    });
    expect(buckets).toMatchObject([{ count: 1, totalCost: 1 }, { count: 0 }, { count: 0 }]);
  });

  it('is not reached around by a filter on scores', async () => {
    const filter = [
      { type: 'numberObject', column: 'scores_avg', key: 'quality', operator: '=', value: 2 } as const,
    ];
    expect((await listTraces(engines.columnar, { projectId: 'mine', limit: 9, filter })).traces).toEqual([]);
    expect(
      (await listTraces(engines.columnar, { projectId: 'theirs', limit: 9, filter })).traces,
    ).toHaveLength(1);
  });
});

describe('text that would be SQL is text', () => {
  const hostile = [
    "x' OR 1=1 OR '",
    "'); DROP TABLE observations; --",
    "\\' OR 1=1 --",
    '{p0:String}',
    '{project:Identifier}',
    "t' UNION ALL SELECT 'theirs",
    '\n\nSELECT 1;\n',
    '`',
    '\\',
    '%',
    '_%',
    "a\tb\r\n\\N'",
    '\u0000',
    '?',
  ];

  it.each(hostile)('%j', async (value) => {
    const { columnar } = engines;
    const isValue = { kind: 'is', patterns: [{ text: value, isGlob: false }] } as const satisfies SearchTest;
    const columns = ['name', 'userId', 'sessionId', 'version', 'release'] as const;
    for (const column of columns) {
      expect((await listTraces(columnar, { projectId: 'mine', limit: 9, [column]: value })).traces).toEqual(
        [],
      );
    }
    const inTraces = { projectId: 'mine', limit: 9 };
    expect((await listTraces(columnar, { ...inTraces, tags: [value] })).traces).toEqual([]);
    expect((await listTraces(columnar, { ...inTraces, environment: [value] })).traces).toEqual([]);
    expect((await listTraces(columnar, { projectId: value, limit: 9 })).traces).toEqual([]);
    const key = { type: 'stringObject', column: 'metadata', key: value, operator: '=', value } as const;
    expect((await listTraces(columnar, { ...inTraces, filter: [key] })).traces).toEqual([]);
    const after = { value: base, id: value };
    expect((await listTraces(columnar, { ...inTraces, cursor: after })).traces.length).toBeLessThanOrEqual(1);
    for (const field of ['name', 'tags', 'model', 'input', 'level'] as const) {
      const search = searchFor(
        `${printField(field, null, isValue)} OR ${printField('score', value, isValue)} OR a`,
      );
      await listTraces(columnar, { ...inTraces, search });
    }
    const search = { kind: 'text', text: value, place: { start: 0, end: 1 } } as const;
    expect((await listTraces(columnar, { ...inTraces, search })).traces).toEqual([]);

    const inRows = { projectId: 'mine', limit: 9, groups: [] as const };
    for (const column of ['name', 'type', 'userId', 'traceId', 'version', 'level', 'parentObservationId']) {
      expect((await listObservations(columnar, { ...inRows, [column]: value })).observations).toEqual([]);
    }
    const place = { startTime: base - 1, traceId: value, id: value };
    expect((await listObservations(columnar, { ...inRows, cursor: place })).observations).toEqual([]);
    expect(await getTrace(columnar, { projectId: 'mine', traceId: value })).toBeNull();
    expect(await getObservation(columnar, { projectId: 'mine', observationId: value })).toBeNull();
    expect(await getScore(columnar, { projectId: 'mine', scoreId: value })).toBeNull();
    expect(await getSession(columnar, { projectId: 'mine', sessionId: value })).toBeNull();
    expect((await listScores(columnar, { projectId: 'mine', limit: 9, names: [value] })).scores).toEqual([]);
    expect(
      await traceFacets(columnar, { projectId: 'mine', field: 'name', valueSearch: value, limit: 9 }),
    ).toEqual([]);
    expect(await countObservations(columnar, { projectId: 'theirs' })).toBe(1);
  });
});
