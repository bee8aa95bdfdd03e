import type { Condition } from '@tracewell/domain';
import { startEngines, type TestEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import {
  at,
  base,
  insertObservations,
  insertScores,
  type ObservationSeed,
  searchFor,
  second,
} from '../test-rows';
import { findTraceKeys, type TraceKeysRequest, traceKeysSql } from './find-trace-keys';
import { getTrace } from './get-trace';
import { readTraceBounds } from './read-trace-attributes';
import { maxBytesAtOnce, maxRowsAtOnce, readTraceRows } from './read-trace-rows';
import { findRecentStart } from './recent-window';
import { summariseTraces } from './summarise-traces';
import type { TraceSelection } from './trace-filter';
import type { TraceOrder } from './trace-order';

/** The quick ways to an answer give the answer of the plain way, on data of every kind at random. */
const traceCount = 90;
const ids = Array.from({ length: traceCount }, (_, n) => `t${n}`);
const scope = new ProjectScope('p1');
let engines: TestEngines;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  const random = createRandom(7);
  const rows = ids.flatMap((id) => seedsOf(id, random));
  // Versions of one row come in several parts, the newest not last.
  await insertObservations(
    engines.columnar,
    ...[0, 1, 2].map((part) => rows.filter((_, n) => n % 3 === part)),
  );
  await insertScores(
    engines.columnar,
    ids
      .filter((_, n) => n % 7 === 0)
      .map((id) => ({ id: `s-${id}`, timestamp: base, columns: { trace_id: id, value: 1 } })),
  );
});
afterAll(() => engines.stop());

describe('the newest traces, looked for among recent rows first', () => {
  const newest: TraceOrder = { column: 'timestamp', direction: 'desc' };
  const ofUser: Condition = { type: 'string', column: 'userId', operator: '=', value: 'u1' };
  const withError: Condition = { type: 'number', column: 'errorCount', operator: '>', value: 0 };
  const scored: Condition = {
    type: 'numberObject',
    column: 'scores_avg',
    key: 'quality',
    operator: '>',
    value: 0,
  };
  const selections: Record<string, TraceSelection> = {
    all: {},
    'since a time': { from: base + 600 * second },
    'up to a time': { to: base + 2_000 * second },
    'of a user': { userId: 'u1' },
    'of a user, by filter': { filter: [ofUser] },
    'with errors': { filter: [withError] },
    'with a score': { filter: [scored] },
    'named, since a time': { name: 'chat', from: base + 600 * second },
    'with a word': { search: searchFor('needle') },
    'with a word or errors': { search: searchFor('needle OR errors:>0') },
    'of a user, searched for': { search: searchFor('user:u1 -name:x') },
    'with a score, searched for': { search: searchFor('score.quality:>0 level:*') },
    'with tags': { tags: ['a'] },
    'of nobody': { userId: 'nobody' },
  };
  it.each(Object.entries(selections))('are those of the whole index: %s', async (_, selection) => {
    for (const order of [newest, { column: 'timestamp', direction: 'asc' } as TraceOrder]) {
      for (const place of [{ limit: 1 }, { limit: 2 }, { limit: 3, offset: 2 }, { limit: 40 }]) {
        const request: TraceKeysRequest = { selection, order, ...place };
        const plain = await readRows<{ traceId: string }>(
          engines.columnar,
          'test',
          traceKeysSql(scope, request),
        );
        const found = await findTraceKeys(engines.columnar, scope, request);
        expect(found.map(({ id }) => id)).toEqual(plain.map(({ traceId }) => traceId));
      }
    }
  });

  it('do not take the whole project when recent rows fill the page', async () => {
    expect(await findRecentStart(engines.columnar, scope, 40)).toBeGreaterThan(base);
    expect(await findRecentStart(engines.columnar, scope, 1_000_000)).toBeNull();
    const names: string[] = [];
    const columnar = {
      ...engines.columnar,
      query<Row>(statement: Parameters<typeof engines.columnar.query>[0]) {
        names.push(statement.name);
        return engines.columnar.query<Row>(statement);
      },
    };
    await findTraceKeys(columnar, scope, { selection: {}, order: newest, limit: 2 });
    expect(names).toEqual(['traces.keys']);
    names.length = 0;
    await findTraceKeys(columnar, scope, { selection: { tags: ['a'] }, order: newest, limit: 1 });
    expect(names).toEqual(['traces.recent', 'traces.keys']);
  });
});

describe('one trace, folded from its rows', () => {
  it.each([true, false])('is what the store says of it, payloads: %s', async (io) => {
    for (const traceId of ids) {
      const found = await getTrace(engines.columnar, { projectId: 'p1', traceId, io, scores: true });
      const bounds = await readTraceBounds(engines.columnar, scope, traceId);
      const plain = (
        await summariseTraces(
          engines.columnar,
          scope,
          { ids: [traceId], ...bounds! },
          { io: true, scores: true },
        )
      ).get(traceId);
      // The last of a trace's rows may have been withdrawn.
      expect(found?.trace ?? undefined).toEqual(
        plain && { ...plain, totalCost: expect.closeTo(plain.totalCost, 9), cost: expect.anything() },
      );
      expect(found?.observations.length ?? 0).toBe(plain?.observationCount ?? 0);
    }
  });
});

describe('a trace too large to be read at once', () => {
  it('is read part by part, be it by its rows or its bytes', async () => {
    const many = Array.from({ length: maxRowsAtOnce + 1 }, (_, n) => ({
      projectId: 'large',
      traceId: 'many',
      id: `o${n}`,
      startTime: base + n,
    }));
    const long = 'x'.repeat(maxBytesAtOnce + 1);
    const heavy = [
      { projectId: 'large', traceId: 'heavy', id: 'o', startTime: base, columns: { input: long } },
    ];
    await insertObservations(engines.columnar, many, heavy);
    const large = new ProjectScope('large');
    expect(await readTraceRows(engines.columnar, large, 'many', false)).toBeNull();
    expect(await readTraceRows(engines.columnar, large, 'heavy', true)).toBeNull();
    const found = await getTrace(engines.columnar, { projectId: 'large', traceId: 'many' });
    expect(found).toMatchObject({ truncated: false, trace: { observationCount: maxRowsAtOnce + 1 } });
    expect(found?.observations).toHaveLength(maxRowsAtOnce + 1);
    const whole = await getTrace(engines.columnar, { projectId: 'large', traceId: 'heavy', io: true });
    expect(whole?.observations[0]?.input).toHaveLength(long.length);
  });
});

/** Spans of a trace, perhaps a record, some versions twice, moved or withdrawn; no two start at the same time. */
function seedsOf(traceId: string, random: () => number): ObservationSeed[] {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const maybe = <T>(value: T, none: T): T => (random() < 0.4 ? value : none);
  const start = base + Math.floor(random() * 3_000) * second;
  const seeds: ObservationSeed[] = [];
  const columns = () => ({
    name: pick(['chat', 'tool', '']),
    parent_observation_id: maybe('', 'parent'),
    is_app_root: random() < 0.1,
    level: pick(['DEFAULT', 'ERROR', 'DEBUG']),
    user_id: maybe(pick(['u1', 'u2']), ''),
    session_id: maybe('s', ''),
    trace_name: maybe(pick(['chat', 'x']), ''),
    tags: maybe(['a', 'b'], []),
    input: maybe(pick(['needle', 'hay', 'é'.repeat(300)]), ''),
    output: maybe('out', ''),
    trace_input: maybe('said', ''),
    metadata: maybe({ k: pick(['1', '2']) }, {}),
    trace_metadata: maybe({ m: pick(['1', '2']) }, {}),
    model: maybe(pick(['m1', 'm2']), ''),
    usage: maybe({ input: 1, total: 3 }, {}),
    cost: maybe({ total: 0.1 }, {}),
    environment: pick(['default', 'prod', '']),
    version: maybe('v', ''),
    release: maybe('r', ''),
    ...(random() < 0.3 ? { public: random() < 0.5 } : {}),
    ...(random() < 0.7 ? { end_time: at(start + 900 * second) } : {}),
  });
  const spans = 1 + Math.floor(random() * 5);
  for (let n = 0; n < spans; n++) {
    const seed = {
      traceId,
      id: `${traceId}-${n}`,
      startTime: start + n * 20 * second + n,
      columns: columns(),
    };
    seeds.push(seed);
    // A microsecond later: which of two versions at one time spoke last, the index knows only once it is merged.
    if (random() < 0.2)
      seeds.push({ ...seed, startTime: seed.startTime + 1, rowVersion: 2, columns: columns() });
    if (random() < 0.1) seeds.push({ ...seed, rowVersion: 3, isDeleted: true });
  }
  if (random() < 0.4) {
    const moved = start + Math.floor(random() * 600 - 300) * second;
    seeds.push({ traceId, id: '', startTime: start + 7, columns: columns() });
    if (random() < 0.5)
      seeds.push({ traceId, id: '', startTime: moved + 7, rowVersion: 5, columns: columns() });
  }
  return seeds;
}

/** Mulberry32: small, seeded. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
