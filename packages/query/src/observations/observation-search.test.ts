import { observationFields, parseSearch } from '@tracewell/domain/search/index';
import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ObservationFacetField, observationFacets } from '../explore/observation-facets';
import { observationHistogram } from '../explore/observation-histogram';
import { base, insertObservations, insertScores, second } from '../test-rows';
import { listObservations } from './list-observations';
import { searchedObservationFields } from './observation-search';

/** A span of OTLP carries what its trace is; one of the batch API leaves that to the record of its trace. */
let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  const row = (id: string, seconds: number, columns: Record<string, unknown>, traceId = 't') => ({
    traceId,
    id,
    startTime: base + seconds * second,
    columns,
  });
  const ends = (seconds: number) => `${(base + seconds * second) / 1e6}`;
  await insertObservations(
    engines.columnar,
    [
      row('root', 0, {
        name: 'answer',
        type: 'AGENT',
        user_id: 'ann',
        tags: ['beta'],
        trace_name: 'chat',
        input: 'Where is my refund?',
        end_time: ends(9),
        metadata: { tier: 'gold' },
      }),
      row('call', 1, {
        parent_observation_id: 'root',
        name: 'call model',
        type: 'GENERATION',
        model: 'gpt-4o',
        level: 'ERROR',
        status_message: 'Rate limit reached',
        prompt_name: 'greeting',
        prompt_version: 3,
        tool_call_names: ['search'],
        usage: { input: 90, output: 10, total: 100 },
        cost: { total: 0.25 },
        end_time: ends(3),
        completion_start_time: ends(1.5),
        output: 'It is on its way.',
      }),
      row('open', 2, { parent_observation_id: 'root', name: 'still open' }),
      row('', 3, { source: 'ingestion-api', trace_name: 'batch chat', user_id: 'bob', tags: ['eu'] }, 'b'),
      row('batched', 4, { source: 'ingestion-api', name: 'step', end_time: ends(5) }, 'b'),
    ],
    [{ ...row('theirs', 0, { name: 'answer', user_id: 'ann', model: 'gpt-4o' }), projectId: 'other' }],
  );
  await insertScores(engines.columnar, [
    {
      id: 's1',
      timestamp: base,
      columns: { trace_id: 't', observation_id: 'call', name: 'helpful', value: 0.2 },
    },
    { id: 's2', timestamp: base, columns: { trace_id: 't', name: 'of-the-trace', value: 1 } },
  ]);
});
afterAll(() => engines?.stop());

const search = (query: string) => parseSearch(query, { catalogue: observationFields, now: base });

it('has SQL for every field of the language', () => {
  expect([...searchedObservationFields].sort()).toEqual(
    observationFields.fields.map(({ name }) => name).sort(),
  );
});

it.each([
  ['', ['batched', 'open', 'call', 'root']],
  ['type:generation', ['call']],
  ['level:ERROR OR name:ans*', ['call', 'root']],
  ['-type:SPAN', ['call', 'root']],
  ['user:ann', ['root']],
  ['user:bob', ['batched']],
  ['traceName:"batch chat" OR tags:beta', ['batched', 'root']],
  ['has:user', ['batched', 'root']],
  ['prompt:"greeting v3" tool:search', ['call']],
  ['prompt:greeting -prompt:"greeting v2"', ['call']],
  ['latency:2s', ['call']],
  ['latency:<5s', ['batched', 'call']],
  ['-has:latency', ['open']],
  ['ttft:<1s', ['call']],
  ['cost:>$0.2 tokens:100', ['call']],
  ['root:true', ['batched', 'root']],
  ['refund', ['root']],
  ['output:"on its way"', ['call']],
  ['status:*limit*', ['call']],
  ['metadata.tier:gold', ['root']],
  ['score.helpful:<0.5', ['call']],
  ['has:score.of-the-trace', []],
  ['time:>=2026-03-03T10:00:02Z', ['batched', 'open']],
  ['(refund OR user:bob) -level:ERROR', ['batched', 'root']],
])('%j finds %j', async (query, expected) => {
  const request = { projectId: 'p1', search: search(query), groups: [] as const };
  const { observations } = await listObservations(engines.columnar, { ...request, limit: 9 });
  expect(observations.map(({ id }) => id)).toEqual(expected);
  const buckets = await observationHistogram(engines.columnar, { ...request, buckets: 4 });
  expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(expected.length);
});

it.each<[ObservationFacetField, string, Record<string, number>]>([
  ['type', '', { SPAN: 2, AGENT: 1, GENERATION: 1 }],
  ['model', 'level:ERROR', { 'gpt-4o': 1 }],
  ['prompt', '', { greeting: 1, 'greeting v3': 1 }],
  ['tool', '', { search: 1 }],
  ['scoreName', '', { helpful: 1 }],
  ['metadataKey', 'user:ann', { tier: 1 }],
])('facets of %s among %j', async (field, query, expected) => {
  const found = await observationFacets(engines.columnar, {
    projectId: 'p1',
    field,
    search: search(query),
    limit: 9,
  });
  expect(Object.fromEntries(found.map(({ value, count }) => [value, count]))).toEqual(expected);
});
