import type { Relational } from '@tracewell/engines/relational/port';
import { openPostgres } from '@tracewell/engines/relational/postgres';
import { startEngines, type TestEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScoreConfigLookup } from './score-config-lookup';

/** The look-up on a real database, and on one that is not there. */
let engines: TestEngines;
let away: Relational;

beforeAll(async () => {
  engines = await startEngines({ relational: true });
  away = openPostgres({ url: 'postgres://x:y@127.0.0.1:9/z', connectTimeoutMs: 500 });
  const { pool } = engines.relational;
  await pool.query(`INSERT INTO organizations (id, name) VALUES ('o', 'O')`);
  await pool.query(
    `INSERT INTO projects (id, organization_id, name) VALUES ('p', 'o', 'P'), ('q', 'o', 'Q')`,
  );
});
afterAll(async () => {
  await away?.close();
  await engines?.stop();
});

const define = (id: string, projectId = 'p') =>
  engines.relational.pool.query(
    `INSERT INTO score_configs (id, project_id, name, data_type) VALUES ($1, $2, $1, 'NUMERIC')`,
    [id, projectId],
  );
const archive = (id: string) =>
  engines.relational.pool.query(`UPDATE score_configs SET is_archived = true WHERE id = $1`, [id]);

function open(options: { maxRemembered?: number } = {}) {
  const state = { isAway: false, now: 0, asked: 0, errors: [] as unknown[] };
  const lookup = createScoreConfigLookup({
    relational: {
      get db() {
        state.asked++;
        return (state.isAway ? away : engines.relational).db;
      },
    },
    now: () => state.now,
    freshMs: 3_000,
    unknownMs: 500,
    backOffMs: 1_000,
    timeoutMs: 5_000,
    onError: (error) => state.errors.push(error),
    ...options,
  });
  const now = (...ids: string[]) => lookup.findNow('p', new Set(ids));
  return { state, lookup, now };
}

describe('the configs that scores name', () => {
  it('are asked for once, in one question, and again after a few seconds', async () => {
    await define('a');
    await define('of-another', 'q');
    const { state, lookup, now } = open();
    const found = await now('a', 'of-another', 'none');
    expect(found.get('a')).toMatchObject({ id: 'a', dataType: 'NUMERIC', isArchived: false });
    expect([found.get('of-another'), found.get('none')]).toEqual([null, null]);
    expect(state.asked).toBe(1);
    await archive('a');
    expect((await now('a')).get('a')?.isArchived).toBe(false);
    expect(state.asked).toBe(1);
    state.now += 3_000;
    expect((await now('a')).get('a')?.isArchived).toBe(true);
    // Told of a change, it does not wait.
    await engines.relational.pool.query(`UPDATE score_configs SET is_archived = false WHERE id = 'a'`);
    lookup.forget('p', 'a');
    expect((await now('a')).get('a')?.isArchived).toBe(false);
  });

  it('are found soon after they were made', async () => {
    const { state, now } = open();
    expect((await now('new')).get('new')).toBeNull();
    await define('new');
    state.now += 500;
    expect((await now('new')).get('new')).not.toBeNull();
  });

  it('are unknown at the door while the database is away, so that scores are taken', async () => {
    await define('b');
    const { state, now } = open();
    await now('b');
    state.isAway = true;
    expect((await now('b', 'c')).has('c')).toBe(false);
    expect(state.errors).toHaveLength(1);
    // What is fresh still counts; what is old says nothing of now.
    expect((await now('b')).get('b')).not.toBeNull();
    state.now += 3_000;
    expect((await now('b')).size).toBe(0);
    // It is left alone for a moment after it failed.
    const { asked } = state;
    await now('b');
    expect(state.asked).toBe(asked);
    state.isAway = false;
    state.now += 1_000;
    expect((await now('b')).get('b')).not.toBeNull();
  });

  it('are what they were for the worker while the database is away, and else it comes back', async () => {
    await define('d');
    const { state, lookup } = open();
    await lookup.find('p', new Set(['d', 'none']));
    state.isAway = true;
    state.now += 60_000;
    expect((await lookup.find('p', new Set(['d']))).get('d')).not.toBeNull();
    await expect(lookup.find('p', new Set(['d', 'e']))).rejects.toThrow();
    await expect(lookup.find('p', new Set(['none']))).rejects.toThrow();
  });

  it('leave memory when there are too many', async () => {
    await define('f');
    await define('g');
    const { state, now } = open({ maxRemembered: 1 });
    await now('f');
    await now('g');
    await now('g');
    expect(state.asked).toBe(2);
    await now('f');
    expect(state.asked).toBe(3);
  });
});
