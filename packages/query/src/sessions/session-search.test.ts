import { parseSearch, sessionFields } from '@tracewell/domain/search/index';
import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SessionFacetField, sessionFacets } from '../explore/session-facets';
import { sessionHistogram } from '../explore/session-histogram';
import { at, base, insertObservations, second } from '../test-rows';
import { searchSessions } from './search-sessions';
import { searchedSessionFields } from './session-search';

let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  const trace = (id: string, seconds: number, columns: Record<string, unknown>) => ({
    traceId: id,
    id: `${id}-root`,
    startTime: base + seconds * second,
    columns,
  });
  const priced = { usage: { input: 1, total: 100 }, cost: { total: 0.5 } };
  await insertObservations(engines.columnar, [
    trace('a1', 0, { session_id: 'chat', user_id: 'ann', environment: 'dev', tags: ['x', 'y'], ...priced }),
    trace('a2', 5, {
      session_id: 'chat',
      user_id: 'bob',
      tags: ['x'],
      level: 'ERROR',
      end_time: at(base + 8 * second),
      ...priced,
    }),
    { ...trace('a2', 6, { session_id: 'chat', ...priced }), id: 'a2-child' },
    trace('b1', 2, { session_id: 'quiet', user_id: 'ann' }),
    trace('none', 3, { user_id: 'nobody', ...priced }),
    // The same names in another project.
    ...['a1', 'a2', 'a3'].map((id, seconds) => ({
      ...trace(id, seconds, {
        session_id: 'chat',
        user_id: 'eve',
        tags: ['theirs'],
        level: 'ERROR',
        ...priced,
      }),
      projectId: 'other',
    })),
  ]);
  // A session may be known by its record alone.
  await insertObservations(engines.columnar, [
    {
      traceId: 'c1',
      id: '',
      startTime: base + 4 * second,
      columns: { session_id: 'bare', environment: 'staging' },
    },
  ]);
});
afterAll(() => engines?.stop());

const search = (query: string) => parseSearch(query, { catalogue: sessionFields, now: base });
const idsOf = async (more: object) =>
  (await searchSessions(engines.columnar, { projectId: 'p1', limit: 9, ...more })).sessions.map(
    ({ id }) => id,
  );

it('has SQL for every field of the language', () => {
  expect([...searchedSessionFields].sort()).toEqual(sessionFields.fields.map(({ name }) => name).sort());
});

it('adds up the traces of each session, and those of this project only', async () => {
  const { sessions, cursor } = await searchSessions(engines.columnar, { projectId: 'p1', limit: 9 });
  expect(cursor).toBeNull();
  expect(sessions).toMatchObject([
    { id: 'bare', traceCount: 1, durationUs: 0, totalCost: 0, userIds: [], environments: ['staging'] },
    { id: 'quiet', traceCount: 1, errorCount: 0, totalCost: 0, totalTokens: 0, tags: [] },
    {
      id: 'chat',
      createdAt: base,
      lastTraceAt: base + 5 * second,
      durationUs: 8 * second,
      traceCount: 2,
      errorCount: 1,
      totalTokens: 300,
      totalCost: 1.5,
      userIds: ['ann', 'bob'],
      environments: ['default', 'dev'],
      tags: ['x', 'y'],
    },
  ]);
  const theirs = await searchSessions(engines.columnar, { projectId: 'other', limit: 9 });
  expect(theirs.sessions).toMatchObject([
    { id: 'chat', traceCount: 3, errorCount: 3, totalCost: 1.5, userIds: ['eve'], tags: ['theirs'] },
  ]);
});

it('pages without gap or overlap, and keeps to the range of the first trace', async () => {
  const first = await searchSessions(engines.columnar, { projectId: 'p1', limit: 2 });
  expect(first.sessions.map(({ id }) => id)).toEqual(['bare', 'quiet']);
  expect(await idsOf({ cursor: first.cursor })).toEqual(['chat']);
  // The other trace of the chat lies in the range, but the chat began before.
  expect(await idsOf({ from: base + second })).toEqual(['bare', 'quiet']);
  expect(await idsOf({ to: base + second })).toEqual(['chat']);
  expect(await idsOf({ from: base + second, search: search('errors:>0') })).toEqual([]);
  expect(await idsOf({ from: base, to: base + second, search: search('errors:>0') })).toEqual(['chat']);
});

it.each([
  ['', ['bare', 'quiet', 'chat']],
  ['id:qui*', ['quiet']],
  ['user:ann', ['quiet', 'chat']],
  ['-user:bob', ['bare', 'quiet']],
  ['-has:user', ['bare']],
  ['env:dev OR env:staging', ['bare', 'chat']],
  ['tag:y', ['chat']],
  ['traces:>1', ['chat']],
  ['errors:1', ['chat']],
  ['-has:errors', ['bare', 'quiet']],
  ['cost:>=1.5', ['chat']],
  ['tokens:300', ['chat']],
  ['duration:>=8', ['chat']],
  ['duration:>8', []],
  ['time:>=2026-03-03T10:00:02Z', ['bare', 'quiet']],
  ['BOB', ['chat']],
  ['quie', ['quiet']],
  ['theirs', []],
  ['(user:ann OR env:staging) cost:<1', ['bare', 'quiet']],
])('%j finds %j', async (query, expected) => {
  expect(await idsOf({ search: search(query) })).toEqual(expected);
  const buckets = await sessionHistogram(engines.columnar, {
    projectId: 'p1',
    search: search(query),
    buckets: 4,
  });
  expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(expected.length);
});

it.each<[SessionFacetField, string, Record<string, number>]>([
  ['userId', '', { ann: 2, bob: 1 }],
  ['environment', '', { default: 2, dev: 1, staging: 1 }],
  ['tags', '', { x: 1, y: 1 }],
  ['userId', 'errors:>0', { ann: 1, bob: 1 }],
])('facets of %s among %j', async (field, query, expected) => {
  const found = await sessionFacets(engines.columnar, {
    projectId: 'p1',
    field,
    search: search(query),
    limit: 9,
  });
  expect(Object.fromEntries(found.map(({ value, count }) => [value, count]))).toEqual(expected);
});
