import type { BulkAction } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { type RunDeps, runBulkActions } from '@tracewell/modules/bulk-actions/run-bulk-actions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Bulk actions: all that are meant, each once, stopped and taken back where that can be. */
const total = 1_100;
let api: TestApi;
let mine: TestProject;
let owner: string;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  owner = await api.signIn(mine.ownerId);
  const start = Date.now() - 3_600_000;
  const batch = Array.from({ length: total }, (_, n) => ({
    id: `event-${n}`,
    type: 'trace-create',
    timestamp: new Date(start).toISOString(),
    body: {
      id: `trace-${n}`,
      timestamp: new Date(start + n * 1_000).toISOString(),
      name: 'job',
      userId: n < 3 ? 'few' : 'many',
    },
  }));
  for (let at = 0; at < total; at += 550) {
    const answer = await api.send('POST', '/api/public/ingestion', mine, {
      batch: batch.slice(at, at + 550),
    });
    expect(answer.status).toBe(207);
  }
  await api.settle();
});
afterAll(() => api?.stop());

const path = (rest = '') => `/api/v1/projects/${mine.projectId}/bulk-actions${rest}`;
async function call(method: string, place: string, body?: object, cookie = owner) {
  const response = await api.request(place, {
    method,
    headers: { cookie, 'content-type': 'application/json', origin: 'http://localhost:3000' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: await response.json() };
}
async function ask(target: object, change: object): Promise<BulkAction> {
  const { status, body } = await call('POST', path(), { target, change });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(operations.createBulkAction.responses[201]!.parse(body)).toEqual(body);
  return body as BulkAction;
}
const read = async (id: string) => (await call('GET', path(`/${id}`))).body as BulkAction;
/** The worker's schedule, once. */
const run = (changes: Partial<RunDeps> = {}) => {
  const { relational, columnar, deleteTraces } = api.deps;
  return runBulkActions({ relational, columnar, deleteTraces, ...changes });
};

async function createQueue(name: string): Promise<string> {
  const config = await api.send('POST', '/api/public/score-configs', mine, { name, dataType: 'NUMERIC' });
  const answer = await api.send('POST', '/api/public/annotation-queues', mine, {
    name,
    scoreConfigIds: [((await config.json()) as { id: string }).id],
  });
  return ((await answer.json()) as { id: string }).id;
}
async function countItems(queueId: string): Promise<number> {
  const answer = await api.get(`/api/public/annotation-queues/${queueId}/items`, mine);
  return ((await answer.json()) as { meta: { totalItems: number } }).meta.totalItems;
}
const countTraces = async (q: string) => {
  const { body } = await call('GET', `/api/v1/projects/${mine.projectId}/traces?q=${encodeURIComponent(q)}`);
  return (body as { data: unknown[] }).data.length;
};

describe('a bulk action', () => {
  it('means all of a search, goes on where a worker failed, adds each once, and is undone', async () => {
    const queueId = await createQueue('all');
    const kept = await api.send('POST', `/api/public/annotation-queues/${queueId}/items`, mine, {
      objectId: 'trace-1',
      objectType: 'TRACE',
    });
    expect(kept.status).toBe(200);
    const { id, total: meant } = await ask({ q: 'name:job' }, { kind: 'add-to-annotation-queue', queueId });
    expect(meant).toBe(total);
    let looks = 0;
    await run({ isDraining: () => ++looks > 2 });
    expect(await read(id)).toMatchObject({ state: 'running', done: 500 });
    await run();
    expect(await read(id)).toMatchObject({ state: 'done', done: total, canUndo: true });
    expect(await countItems(queueId)).toBe(total + 1);
    expect((await call('POST', path(`/${id}/undo`))).body).toMatchObject({ state: 'undoing' });
    await run();
    expect(await read(id)).toMatchObject({ state: 'undone', done: 0, canUndo: false });
    expect(await countItems(queueId)).toBe(1);
  });

  it('is cancelled between two pieces, and what it did then can be undone', async () => {
    const queueId = await createQueue('some');
    const { id } = await ask({}, { kind: 'add-to-annotation-queue', queueId });
    let looks = 0;
    await run({ isDraining: () => ++looks > 2 });
    expect((await call('POST', path(`/${id}/cancel`))).status).toBe(200);
    await run();
    expect(await read(id)).toMatchObject({ state: 'cancelled', done: 500, canUndo: true });
    await call('POST', path(`/${id}/undo`));
    await run();
    expect(await countItems(queueId)).toBe(0);
  });

  it('is refused when there is no such queue', async () => {
    const { status, body } = await call('POST', path(), {
      target: { traceIds: ['trace-1'] },
      change: { kind: 'add-to-annotation-queue', queueId: 'nowhere' },
    });
    expect(status).toBe(404);
    expect(JSON.stringify(body)).toContain('nowhere');
  });

  it('tries a piece again when a store fails, and does nothing twice', async () => {
    const { id } = await ask({ traceIds: ['never-there'] }, { kind: 'delete' });
    const at = (ms: number) => () => new Date(Date.now() + ms);
    const errors: unknown[] = [];
    await run({
      now: at(20_000),
      deleteTraces: () => Promise.reject(new Error('the store is away')),
      onError: (error) => errors.push(error),
    });
    expect(errors).toHaveLength(1);
    expect(await read(id)).toMatchObject({ state: 'running', done: 0 });
    await run({ now: at(40_000) });
    expect(await read(id)).toMatchObject({ state: 'done', done: 1 });
  });
});

describe('a bulk deletion', () => {
  it('waits, and cancelled by then deletes nothing', async () => {
    const { id, state } = await ask({ q: 'userId:few' }, { kind: 'delete' });
    expect(state).toBe('waiting');
    await run();
    expect(await read(id)).toMatchObject({ state: 'waiting', done: 0 });
    expect((await call('POST', path(`/${id}/cancel`))).body).toMatchObject({ state: 'cancelled' });
    await run({ now: () => new Date(Date.now() + 60_000) });
    expect(await countTraces('userId:few')).toBe(3);
  });

  it('then deletes what was meant and no more, and stays deleted', async () => {
    const { id } = await ask({ q: 'userId:few' }, { kind: 'delete' });
    await run({ now: () => new Date(Date.now() + 11_000) });
    expect(await read(id)).toMatchObject({ state: 'done', done: 3, canUndo: false });
    expect(await countTraces('userId:few')).toBe(0);
    expect(await countTraces('userId:many')).toBeGreaterThan(0);
    expect((await call('POST', path(`/${id}/undo`))).status).toBe(409);
    expect((await call('POST', path(`/${id}/cancel`))).status).toBe(409);
  });

  it('needs the right to delete, and so does cancelling it', async () => {
    const member = await api.signIn(await api.createMember(mine, 'MEMBER'));
    const wish = { target: { traceIds: ['trace-9'] }, change: { kind: 'delete' } };
    expect((await call('POST', path(), wish, member)).status).toBe(403);
    const { id } = await ask(wish.target, wish.change);
    expect((await call('POST', path(`/${id}/cancel`), undefined, member)).status).toBe(403);
    expect((await call('POST', path(`/${id}/cancel`))).status).toBe(200);
  });

  it('of a search that cannot be is refused at once', async () => {
    const { status, body } = await call('POST', path(), {
      target: { q: 'usrId:a' },
      change: { kind: 'delete' },
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('q, column');
  });
});
