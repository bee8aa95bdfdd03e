import type { EnrichedObservation, Observation } from '@tracewell/domain';
import { startEngines } from '@tracewell/testkit/engines';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converge } from './converge';
import { Deletions } from './deletions';
import type { ReceivedEvent } from './entities';
import { createInserter } from './inserter';

/**
 * However the events of an entity are split over batches, ordered, repeated and raced, one row remains, and it
 * is the row of all of them.
 */
let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
});
afterAll(() => engines.stop());

const enrich = (observation: Observation): EnrichedObservation => ({
  ...observation,
  modelId: '',
  usage: observation.providedUsage,
  cost: {},
  pricingTierId: '',
  pricingTierName: '',
  toolDefinitions: {},
  toolCalls: [],
  toolCallNames: [],
});
const none = new Deletions([]);

function event(
  projectId: string,
  n: number,
  type: string,
  seconds: number,
  body: Record<string, unknown>,
): ReceivedEvent {
  return {
    projectId,
    entity: type === 'trace-create' ? 'trace' : type === 'score-create' ? 'score' : 'observation',
    entityId: String(body.id),
    eventId: `e${n}`,
    eventType: type,
    timestamp: 1_700_000_000_000_000 + seconds * 1_000_000,
    body: JSON.stringify(body),
    bodyHash: `h${n}`,
    apiKey: 'pk',
    sdkName: 'test',
    sdkVersion: '1',
    receivedAt: 1_700_000_100_000_000 + n,
    batchKey: `b${n}`,
  };
}

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1_000).toISOString();
const history = (projectId: string) => [
  event(projectId, 1, 'trace-create', 0, {
    id: 't',
    name: 'first',
    userId: 'u',
    tags: ['b'],
    timestamp: at(-5),
  }),
  event(projectId, 2, 'span-create', 0, {
    id: 's',
    traceId: 't',
    name: 'work',
    startTime: at(-100),
    input: { a: 1 },
  }),
  event(projectId, 3, 'generation-create', 1, {
    id: 'g',
    traceId: 't',
    parentObservationId: 's',
    model: 'm',
    startTime: at(1),
  }),
  event(projectId, 4, 'generation-update', 3, {
    id: 'g',
    traceId: 't',
    output: 'hi',
    usage: { input: 1, output: 2 },
  }),
  event(projectId, 5, 'span-update', 4, { id: 's', traceId: 't', endTime: at(4), metadata: { x: { y: 1 } } }),
  event(projectId, 6, 'span-update', 5, { id: 's', traceId: 't', output: 'done', metadata: { x: { z: 2 } } }),
  event(projectId, 7, 'trace-create', 6, { id: 't', tags: ['a'], output: { ok: true } }),
  event(projectId, 8, 'score-create', 6, { id: 'c', traceId: 't', name: 'n', value: 1 }),
  event(projectId, 9, 'score-create', 7, { id: 'c', traceId: 't', name: 'n', value: 0.5 }),
];

/** Everything a reader can see, without what says when and by which batch it came. */
async function readModel(projectId: string) {
  const read = (sql: string) =>
    engines.columnar.query<Record<string, unknown>>({ name: 'test', sql, params: { projectId } });
  const strip = (rows: Record<string, unknown>[]) =>
    rows.map(({ created_at, updated_at, batch_key, project_id, ...row }) => row);
  return {
    observations: strip(
      await read(`SELECT * FROM observations FINAL WHERE project_id = {projectId:String} ORDER BY kind, id`),
    ),
    scores: strip(await read(`SELECT * FROM scores FINAL WHERE project_id = {projectId:String} ORDER BY id`)),
  };
}

async function ingest(batches: readonly ReceivedEvent[][], concurrent = false): Promise<void> {
  const inserter = createInserter({ columnar: engines.columnar });
  const one = (batch: ReceivedEvent[]) =>
    converge({ columnar: engines.columnar, inserter, enrich }, batch, none);
  if (concurrent) await Promise.all(batches.map(one));
  else for (const batch of batches) await one(batch);
}

describe('convergence', () => {
  it('gives one row per entity, and the same rows for every order, split and repetition', async () => {
    await ingest([history('whole')]);
    const expected = await readModel('whole');
    expect(expected.observations.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'observation g',
      'observation s',
      'trace ',
    ]);
    expect(expected.scores).toHaveLength(1);

    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(history('x'), { minLength: 9, maxLength: 9 }),
        fc.array(fc.nat(8), { maxLength: 4 }),
        fc.array(fc.nat(8), { maxLength: 4 }),
        fc.boolean(),
        async (order, repeats, cuts, concurrent) => {
          const projectId = `p${run++}`;
          const events = [...order, ...repeats.map((n) => order[n]!)].map((e) => ({ ...e, projectId }));
          const edges = [0, ...[...cuts].sort((a, b) => a - b), events.length];
          const batches = edges
            .slice(1)
            .map((end, n) => events.slice(edges[n], end))
            .filter((b) => b.length > 0);
          await ingest(batches, concurrent);
          expect(await readModel(projectId)).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('does not write again what was deleted after it was received', async () => {
    const deletions = new Deletions([
      { projectId: 'gone', entity: 'trace', entityId: 't', deletedAt: 1_800_000_000_000_000 },
    ]);
    const inserter = createInserter({ columnar: engines.columnar });
    const events = history('gone');
    const { suppressed } = await converge(
      { columnar: engines.columnar, inserter, enrich },
      events,
      deletions,
    );
    expect(suppressed.size).toBe(events.length);
    expect(await readModel('gone')).toEqual({ observations: [], scores: [] });
  });

  it('folds an event that cannot be folded alone with those that mend it, and leaves one row', async () => {
    const inserter = createInserter({ columnar: engines.columnar });
    const add = (...events: ReceivedEvent[]) =>
      converge({ columnar: engines.columnar, inserter, enrich }, events, none);
    const damaged = {
      ...event('mended', 1, 'span-create', 2, { id: 's' }),
      body: `{"id":"s","traceId":"t","startTime":"${at(-100)}","output":"\\q"}`,
    };
    const alone = await add({ ...damaged, projectId: 'alone' });
    expect([...alone.refused.keys()], 'or this test shows nothing').toEqual([0]);

    const update = event('mended', 2, 'span-update', 3, { id: 's', traceId: 't', output: 'done' });
    expect((await add(damaged, update)).refused.size).toBe(0);
    const first = event('mended', 3, 'span-create', 1, { id: 's', traceId: 't', startTime: at(-50) });
    expect((await add(first)).refused.size).toBe(0);
    const { observations } = await readModel('mended');
    expect(observations).toMatchObject([
      { id: 's', output: 'done', start_time: '2023-11-14 22:12:30.000000' },
    ]);
  });

  it('refuses an entity no row can be made of, and writes its neighbours', async () => {
    const inserter = createInserter({ columnar: engines.columnar });
    const fails = (observation: Observation) => {
      if (observation.id === 'g') throw new Error('no price is a number');
      return enrich(observation);
    };
    const events = history('unmade');
    const { refused } = await converge({ columnar: engines.columnar, inserter, enrich: fails }, events, none);
    expect([...refused.keys()].map((n) => events[n]!.entityId)).toEqual(['g', 'g']);
    expect(refused.get(2)).toContain('no price is a number');
    expect((await readModel('unmade')).observations.map(({ id }) => id)).toEqual(['s', '']);
  });

  it('refuses an event that the table cannot hold, and writes its neighbours', async () => {
    const inserter = createInserter({ columnar: engines.columnar });
    const events = history('unstorable');
    events.splice(1, 0, { ...event('unstorable', 99, 'span-create', 0, { id: 'x' }), timestamp: -1 });
    const { refused } = await converge({ columnar: engines.columnar, inserter, enrich }, events, none);
    expect([...refused.keys()]).toEqual([1]);
    expect(refused.get(1)).toContain('-1 is no whole number');
    expect((await readModel('unstorable')).observations.map(({ id }) => id)).toContain('g');
  });
});
