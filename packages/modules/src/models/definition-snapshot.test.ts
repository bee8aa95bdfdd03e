import { randomUUID } from 'node:crypto';
import type { Relational } from '@tracewell/engines/relational/port';
import { openPostgres } from '@tracewell/engines/relational/postgres';
import { startEngines, type TestEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDefinitionSnapshot } from './definition-snapshot';

/** The snapshot on a real database, and on one that is not there. */
let engines: TestEngines;
let away: Relational;

beforeAll(async () => {
  engines = await startEngines({ relational: true });
  away = openPostgres({ url: 'postgres://x:y@127.0.0.1:9/z', connectTimeoutMs: 500 });
  const { pool } = engines.relational;
  await pool.query(`INSERT INTO organizations (id, name) VALUES ('o', 'O')`);
  await pool.query(
    `INSERT INTO projects (id, organization_id, name) SELECT 'p' || n, 'o', 'P' FROM generate_series(1, 9) n`,
  );
});
afterAll(async () => {
  await away?.close();
  await engines?.stop();
});

async function define(projectId: string, modelName: string): Promise<string> {
  const id = randomUUID();
  await engines.relational.pool.query(
    `INSERT INTO models (id, project_id, model_name, match_pattern, pricing_tiers) VALUES ($1, $2, $3, '^x$', '[]')`,
    [id, projectId, modelName],
  );
  return id;
}

/** A database that can go away and come back, and a clock that stands still. */
function open(options: { maxHeld?: number } = {}) {
  const state = { isAway: false, now: 0, asked: 0, errors: [] as unknown[] };
  const snapshot = createDefinitionSnapshot({
    relational: {
      get db() {
        state.asked++;
        return (state.isAway ? away : engines.relational).db;
      },
    },
    now: () => state.now,
    refreshMs: 1_000,
    onError: (error) => state.errors.push(error),
    ...options,
  });
  const ids = async (...projectIds: string[]) => {
    const release = await snapshot.prepare(new Set(projectIds));
    const found = projectIds.map((projectId) => snapshot.definitionsOf(projectId).map(({ id }) => id));
    release();
    return found;
  };
  return { state, snapshot, ids };
}

describe('the definitions of projects', () => {
  it('are read once, and again only when one was made or deleted somewhere', async () => {
    const first = await define('p1', 'first');
    const { state, snapshot, ids } = open();
    expect(await ids('p1', 'p2')).toEqual([[first], []]);
    const before = snapshot.definitionsOf('p1');
    const asked = state.asked;
    expect(await ids('p1', 'p2')).toEqual([[first], []]);
    expect(state.asked).toBe(asked);
    const second = await define('p2', 'second');
    // A moment ago is soon enough.
    expect(await ids('p2')).toEqual([[]]);
    state.now += 1_000;
    expect(await ids('p1', 'p2')).toEqual([[first], [second]]);
    // Those that are the same stay the same array: what is remembered of it holds.
    expect(snapshot.definitionsOf('p1')).toBe(before);
    await engines.relational.pool.query('DELETE FROM models WHERE id = $1', [second]);
    state.now += 1_000;
    expect(await ids('p2')).toEqual([[]]);
  });

  it('stay what they were while the database is away, and are not made up where they were never known', async () => {
    const id = await define('p3', 'known');
    const { state, ids } = open();
    expect(await ids('p3')).toEqual([[id]]);
    state.isAway = true;
    state.now += 10_000;
    expect(await ids('p3')).toEqual([[id]]);
    expect(state.errors).toHaveLength(1);
    await expect(ids('p3', 'p4')).rejects.toThrow();
    state.isAway = false;
    const later = await define('p4', 'later');
    state.now += 1_000;
    expect(await ids('p3', 'p4')).toEqual([[id], [later]]);
  });

  it('are waited for when nothing was ever read', async () => {
    const { state, ids } = open();
    state.isAway = true;
    await expect(ids('p5')).rejects.toThrow();
    state.isAway = false;
    expect(await ids('p5')).toEqual([[]]);
  });

  it('leave memory when there are too many, but not while they are in hand', async () => {
    const id = await define('p6', 'in hand');
    const { snapshot, ids } = open({ maxHeld: 3 });
    const release = await snapshot.prepare(new Set(['p6']));
    await ids('p7', 'p8', 'p9');
    expect(snapshot.definitionsOf('p6').map((definition) => definition.id)).toEqual([id]);
    release();
    await ids('p7', 'p8', 'p9');
    expect(snapshot.definitionsOf('p6')).toEqual([]);
    expect(await ids('p6')).toEqual([[id]]);
  });

  it('are read for many batches at once', async () => {
    const id = await define('p7', 'shared');
    const { ids } = open({ maxHeld: 1 });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => ids('p7', `p${(at % 3) + 1}`)));
    for (const [shared] of answers) expect(shared).toEqual([id]);
  });
});
