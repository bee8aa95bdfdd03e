import { createApiKey, getCurrentSession, listApiKeys, listAuditLog } from '@tracewell/contract';
import { createSignInLink } from '@tracewell/modules/accounts/index';
import { auditLog } from '@tracewell/schema/postgres/audit-log';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basicOf, startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

let api: TestApi;
let mine: TestProject;
let cookie: string;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  cookie = await api.signIn(mine.ownerId);
});
afterAll(() => api?.stop());

const keysPath = () => `/api/v1/projects/${mine.projectId}/api-keys`;
const asOwner = (path: string, init: RequestInit = {}) =>
  api.request(path, { ...init, headers: { cookie, 'content-type': 'application/json' } });

describe('the sign-in link', () => {
  it('signs its holder in and leads to the start page, once', async () => {
    const path = await createSignInLink(api.auth, mine.ownerId);
    const first = await api.request(path);
    expect([first.status, first.headers.get('location')]).toEqual([302, '/']);
    expect(first.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/i);
    const second = await api.request(path);
    expect(second.headers.get('location')).toBe('/sign-in?error=link-used');
    expect(second.headers.get('set-cookie')).toBeNull();
  });

  it('is worth nothing when it is guessed, expired or of nobody', async () => {
    const expired = await createSignInLink(api.auth, mine.ownerId, { ttlMs: -1 });
    const ofNobody = await createSignInLink(api.auth, 'nobody');
    for (const path of ['/sign-in-link?token=guess', expired, ofNobody]) {
      const response = await api.request(path);
      expect(response.headers.get('set-cookie')).toBeNull();
    }
    expect((await api.request('/sign-in-link')).status).toBe(400);
  });

  it('works once for many who come at the same time', async () => {
    const path = await createSignInLink(api.auth, mine.ownerId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.request(path)));
    expect(answers.filter(({ headers }) => headers.has('set-cookie'))).toHaveLength(1);
  });
});

describe('GET /api/v1/session', () => {
  it('says who is signed in and which projects they see', async () => {
    const response = await asOwner('/api/v1/session');
    const session = getCurrentSession.responses[200].parse(await response.json());
    expect(session).toEqual({
      user: { id: mine.ownerId, email: 'owner@mine.test', name: 'Owner of mine' },
      organizations: [
        {
          id: mine.organizationId,
          name: 'Organization mine',
          role: 'OWNER',
          projects: [{ id: mine.projectId, name: 'Project mine' }],
        },
      ],
      version: '0.0.0-test',
    });
  });

  it('shows no project to a member with role NONE', async () => {
    const member = await api.signIn(await api.createMember(mine, 'NONE'));
    const response = await api.request('/api/v1/session', { headers: { cookie: member } });
    expect(
      ((await response.json()) as { organizations: { projects: unknown[] }[] }).organizations[0]!.projects,
    ).toEqual([]);
  });

  it('is over after signing out', async () => {
    const other = await api.signIn(mine.ownerId);
    const out = await api.request('/api/auth/sign-out', {
      method: 'POST',
      headers: { cookie: other, origin: 'http://localhost:3000', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(out.status).toBe(200);
    const response = await api.request('/api/v1/session', { headers: { cookie: other } });
    expect([response.status, await response.json()]).toEqual([
      401,
      { code: 'unauthorized', message: expect.stringContaining('Sign in') },
    ]);
  });
});

describe('API keys of a project', () => {
  it('are created, used at once, listed without their secret, and refused once revoked', async () => {
    const created = await asOwner(keysPath(), {
      method: 'POST',
      body: JSON.stringify({ note: 'for the shop' }),
    });
    expect(created.status).toBe(201);
    const key = createApiKey.responses[201].parse(await created.json());
    const use = () =>
      api.request('/api/public/projects', {
        headers: { authorization: basicOf(key.publicKey, key.secretKey) },
      });
    expect((await use()).status).toBe(200);

    const text = await (await asOwner(keysPath())).text();
    expect(text).not.toContain(key.secretKey);
    const { data } = listApiKeys.responses[200].parse(JSON.parse(text));
    expect(data.find(({ id }) => id === key.id)).toMatchObject({
      note: 'for the shop',
      displaySecretKey: `sk-lf-...${key.secretKey.slice(-4)}`,
    });

    const removed = await asOwner(`${keysPath()}/${key.id}`, { method: 'DELETE' });
    expect([removed.status, await removed.json()]).toEqual([200, { success: true }]);
    expect((await use()).status).toBe(401);
    expect((await asOwner(`${keysPath()}/${key.id}`, { method: 'DELETE' })).status).toBe(404);

    const entries = await api.relational.db.select().from(auditLog).where(eq(auditLog.resourceId, key.id));
    expect(entries.map(({ action, actorId }) => [action, actorId]).sort()).toEqual([
      ['api-keys.create', mine.ownerId],
      ['api-keys.delete', mine.ownerId],
    ]);
    expect(JSON.stringify(entries)).not.toContain(key.secretKey);
  });

  it('tell their story in the audit log, page by page', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const response = await asOwner(
        `/api/v1/projects/${mine.projectId}/audit-log?limit=1${cursor ? `&cursor=${cursor}` : ''}`,
      );
      const page = listAuditLog.responses[200].parse(await response.json());
      seen.push(...page.data.map(({ action }) => action));
      cursor = page.meta.cursor;
    } while (cursor);
    expect(seen).toEqual(['api-keys.delete', 'api-keys.create', 'projects.provision']);
  });

  it('leave no usable secret in the database', async () => {
    const { rows } = await api.relational.pool.query('select * from api_keys');
    expect(JSON.stringify(rows)).not.toContain(mine.secretKey);
  });

  it('know when they were last used', async () => {
    await api.get('/api/public/projects', mine);
    await api.keyLookup.flushLastUsed();
    const { data } = (await (await asOwner(keysPath())).json()) as {
      data: { publicKey: string; lastUsedAt: string | null }[];
    };
    expect(data.find(({ publicKey }) => publicKey === mine.publicKey)!.lastUsedAt).not.toBeNull();
  });

  it('take no fields that nobody knows', async () => {
    const response = await asOwner(keysPath(), {
      method: 'POST',
      body: '{"note":"n","scope":"ORGANIZATION"}',
    });
    expect(response.status).toBe(400);
  });
});

describe('passwords', () => {
  const signIn = (email: string, password: string) =>
    api.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
      body: JSON.stringify({ email, password }),
    });

  it('nobody signs up by themselves, and guessing is stopped with Retry-After', async () => {
    const signUp = await api.request('/api/auth/sign-up/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'new@mine.test', password: 'long enough', name: 'New' }),
    });
    expect(signUp.status).toBe(400);

    const statuses: number[] = [];
    let last: Response | undefined;
    for (let guess = 0; guess < 12; guess++) {
      last = await signIn('owner@mine.test', `guess ${guess}`);
      statuses.push(last.status);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(Number(last!.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});
