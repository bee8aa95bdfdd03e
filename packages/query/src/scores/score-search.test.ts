import { parseSearch, scoreFields } from '@tracewell/domain/search/index';
import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ScoreFacetField, scoreFacets } from '../explore/score-facets';
import { scoreHistogram } from '../explore/score-histogram';
import { base, insertObservations, insertScores, second } from '../test-rows';
import { listScores } from './list-scores';
import { searchedScoreFields } from './score-search';

let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  await insertObservations(engines.columnar, [
    { traceId: 't', id: 'root', startTime: base, columns: { user_id: 'ann' } },
  ]);
  const score = (id: string, seconds: number, columns: Record<string, unknown>) => ({
    id,
    timestamp: base + seconds * second,
    columns,
  });
  await insertScores(engines.columnar, [
    score('low', 0, {
      trace_id: 't',
      name: 'helpful',
      value: 0.2,
      data_type: 'NUMERIC',
      source: 'API',
      comment: 'Did not answer the refund.',
    }),
    score('high', 1, {
      trace_id: 't',
      observation_id: 'root',
      name: 'helpful',
      value: 0.9,
      data_type: 'NUMERIC',
      source: 'EVAL',
      metadata: { judge: 'large' },
    }),
    score('tone', 2, {
      trace_id: 'u',
      name: 'tone',
      value: 0,
      string_value: 'friendly',
      data_type: 'CATEGORICAL',
      source: 'ANNOTATION',
      author_user_id: 'bea',
      environment: 'staging',
      config_id: 'c1',
      queue_id: 'q1',
    }),
    score('truth', 3, { session_id: 's', name: 'solved', value: 1, data_type: 'BOOLEAN', source: 'API' }),
    {
      ...score('theirs', 1, { trace_id: 't', name: 'helpful', value: 0.9, data_type: 'NUMERIC' }),
      projectId: 'other',
    },
  ]);
});
afterAll(() => engines?.stop());

const search = (query: string) => parseSearch(query, { catalogue: scoreFields, now: base });

it('has SQL for every field of the language', () => {
  expect([...searchedScoreFields].sort()).toEqual(scoreFields.fields.map(({ name }) => name).sort());
});

it.each([
  ['', ['truth', 'tone', 'high', 'low']],
  ['name:help*', ['high', 'low']],
  ['-name:helpful', ['truth', 'tone']],
  ['id:low', ['low']],
  ['source:eval OR source:annotation', ['tone', 'high']],
  ['type:boolean', ['truth']],
  ['value:<0.5', ['low']],
  ['value:>=0.9', ['truth', 'high']],
  ['-has:value', ['tone']],
  ['category:friendly', ['tone']],
  ['category:true', ['truth']],
  ['has:comment', ['low']],
  ['comment:"the REFUND"', ['low']],
  ['refund', ['low']],
  ['env:staging author:bea config:c1 queue:q1', ['tone']],
  ['trace:t', ['high', 'low']],
  ['trace:t -has:observation', ['low']],
  ['session:s', ['truth']],
  ['user:ann', ['high', 'low']],
  ['-user:ann', ['truth', 'tone']],
  ['metadata.judge:large', ['high']],
  ['time:>=2026-03-03T10:00:02Z', ['truth', 'tone']],
  ['(refund OR type:boolean) -source:EVAL', ['truth', 'low']],
])('%j finds %j', async (query, expected) => {
  const request = { projectId: 'p1', search: search(query) };
  const { scores } = await listScores(engines.columnar, { ...request, limit: 9 });
  expect(scores.map(({ id }) => id)).toEqual(expected);
  const buckets = await scoreHistogram(engines.columnar, { ...request, buckets: 4 });
  expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(expected.length);
});

it.each<[ScoreFacetField, string, Record<string, number>]>([
  ['name', '', { helpful: 2, tone: 1, solved: 1 }],
  ['source', 'name:helpful', { API: 1, EVAL: 1 }],
  ['dataType', '', { NUMERIC: 2, CATEGORICAL: 1, BOOLEAN: 1 }],
  ['category', '', { friendly: 1, true: 1 }],
  ['author', '', { bea: 1 }],
  ['environment', 'env:staging', { staging: 1 }],
  ['metadataKey', '', { judge: 1 }],
])('facets of %s among %j', async (field, query, expected) => {
  const found = await scoreFacets(engines.columnar, {
    projectId: 'p1',
    field,
    search: search(query),
    limit: 9,
  });
  expect(Object.fromEntries(found.map(({ value, count }) => [value, count]))).toEqual(expected);
});
