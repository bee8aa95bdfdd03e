import type { SavedView } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Saved views: one's own are one's own, shared ones everybody's, and a table has one default for each. */
let api: TestApi;
let mine: TestProject;
let owner: string;
let member: string;
let viewer: string;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  owner = await api.signIn(mine.ownerId);
  member = await api.signIn(await api.createMember(mine, 'MEMBER'));
  viewer = await api.signIn(await api.createMember(mine, 'VIEWER'));
});
afterAll(() => api?.stop());

const path = () => `/api/v1/projects/${mine.projectId}/saved-views`;
async function call(cookie: string, method: string, place: string, body?: object) {
  const response = await api.request(place, {
    method,
    headers: { cookie, 'content-type': 'application/json', origin: 'http://localhost:3000' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: await response.json() };
}
async function save(cookie: string, view: object): Promise<SavedView> {
  const { status, body } = await call(cookie, 'POST', path(), view);
  expect(status, JSON.stringify(body)).toBe(201);
  expect(operations.createSavedView.responses[201]!.parse(body)).toEqual(body);
  return body as SavedView;
}
async function seen(cookie: string, table: string): Promise<[string, boolean][]> {
  const { status, body } = await call(cookie, 'GET', `${path()}?table=${table}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return (body as { data: SavedView[] }).data.map(({ name, isDefault }) => [name, isDefault]);
}

describe('saved views', () => {
  it('are seen by their owner alone, or by everybody when they are shared', async () => {
    await save(owner, { table: 'traces', name: 'mine', search: 'q=a' });
    await save(viewer, { table: 'traces', name: 'of the viewer', search: '' });
    await save(member, { table: 'traces', name: 'errors', search: 'level=ERROR', visibility: 'shared' });
    await save(member, { table: 'sessions', name: 'elsewhere', search: '', visibility: 'shared' });
    expect(await seen(owner, 'traces')).toEqual([
      ['errors', false],
      ['mine', false],
    ]);
    expect(await seen(viewer, 'traces')).toEqual([
      ['errors', false],
      ['of the viewer', false],
    ]);
  });

  it('are shared and changed for others only with the right to share', async () => {
    const { status, body } = await call(viewer, 'POST', path(), {
      table: 'users',
      name: 'x',
      search: '',
      visibility: 'shared',
    });
    expect([status, body.message]).toEqual([403, expect.stringContaining('saved-views:share')]);
    const view = await save(member, { table: 'users', name: 'dear', search: '', visibility: 'shared' });
    expect((await call(viewer, 'PATCH', `${path()}/${view.id}`, { name: 'y' })).status).toBe(403);
    expect((await call(viewer, 'DELETE', `${path()}/${view.id}`)).status).toBe(403);
    expect((await call(owner, 'PATCH', `${path()}/${view.id}`, { name: 'dearest' })).body).toMatchObject({
      name: 'dearest',
      visibility: 'shared',
    });
  });

  it('of somebody else are as if they were not there', async () => {
    const view = await save(member, { table: 'scores', name: 'private', search: '' });
    expect((await call(owner, 'PATCH', `${path()}/${view.id}`, { name: 'y' })).status).toBe(404);
    expect((await call(owner, 'DELETE', `${path()}/${view.id}`)).status).toBe(404);
    expect((await call(member, 'DELETE', `${path()}/${view.id}`)).body).toEqual({ success: true });
    expect(await seen(member, 'scores')).toEqual([]);
  });

  it('have one default a table: the shared one, and one for each person', async () => {
    const table = 'observations';
    const first = await save(member, { table, name: 'a', search: '', visibility: 'shared', isDefault: true });
    await save(member, { table, name: 'b', search: '', visibility: 'shared', isDefault: true });
    await save(member, { table, name: 'c', search: '', isDefault: true });
    await save(owner, { table, name: 'd', search: '', isDefault: true });
    expect(await seen(member, table)).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
    ]);
    await Promise.all(
      [1, 2, 3, 4].map(() => call(member, 'PATCH', `${path()}/${first.id}`, { isDefault: true })),
    );
    expect(await seen(member, table)).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
    ]);
  });

  it('need a person to be personal, and a name', async () => {
    const asKey = await api.send('POST', path(), mine, { table: 'traces', name: 'k', search: '' });
    expect([asKey.status, (await asKey.json()).message]).toEqual([
      400,
      expect.stringMatching(/^visibility: .*Say shared/),
    ]);
    for (const [field, view] of [
      ['name', { table: 'traces', name: ' ', search: '' }],
      ['search', { table: 'traces', name: 'x', search: '?q=a' }],
      ['table', { table: 'prompts', name: 'x', search: '' }],
    ] as const) {
      const { status, body } = await call(owner, 'POST', path(), view);
      expect([status, body.message]).toEqual([400, expect.stringContaining(field)]);
    }
  });
});
