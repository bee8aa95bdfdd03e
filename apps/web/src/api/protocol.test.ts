import { operations } from '@tracewell/contract/operations';
import { openClickHouse } from '@tracewell/engines/columnar/clickhouse';
import { openPostgres } from '@tracewell/engines/relational/postgres';
import { createKeyLookup } from '@tracewell/modules/api-keys/index';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './create-api';
import { createExport } from './testing/recordings';
import { basicOf, startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

let api: TestApi;
let mine: TestProject;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
});
afterAll(() => api?.stop());

const origin = 'http://localhost:3000';

describe('paths and methods', () => {
  it.each(['/api/public/nothing', '/api/v1/nothing', '/api/public/traces/a/b', '/api/public/v9/scores'])(
    '%s is a 404 in JSON',
    async (path) => {
      const response = await api.get(path, mine);
      expect(response.status).toBe(404);
      expect(((await response.json()) as { message: string }).message).toContain(path);
    },
  );

  it('a method that a path has not is a 405 that names those it has', async () => {
    const paths = new Map<string, string[]>();
    for (const { path, method } of operations) paths.set(path, [...(paths.get(path) ?? []), method]);
    for (const [path, methods] of paths) {
      // With another method this is a prompt whose name holds slashes.
      if (path === '/api/public/v2/prompts/{name}/versions/{version}') continue;
      const unused = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'].find((method) => !methods.includes(method))!;
      const response = await api.request(path.replaceAll(/\{\w+\}/g, '1'), { method: unused });
      expect(response.status, `${unused} ${path}`).toBe(405);
      expect(response.headers.get('allow')?.split(', ').sort()).toEqual([...methods].sort());
      // Contracts word a refusal under three names.
      const { message, error, detail } = (await response.json()) as Record<string, string | undefined>;
      expect(message ?? detail ?? error).toContain('Method not allowed');
    }
  });

  it('HEAD is GET without a body', async () => {
    const response = await api.request('/api/public/projects', {
      method: 'HEAD',
      headers: { authorization: mine.basic },
    });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('a path parameter is read with its escapes', async () => {
    const response = await api.get(`/api/public/traces/${encodeURIComponent('a/b c%')}`, mine);
    expect(((await response.json()) as { message: string }).message).toContain('Trace a/b c% not found');
  });

  it('a malformed escape is a client’s mistake', async () => {
    expect((await api.get('/api/public/traces/%E0%A4%A', mine)).status).toBeLessThan(500);
    expect((await api.get('/api/public/traces?name=%E0%A4%A', mine)).status).toBeLessThan(500);
  });

  it.each(['', 'not json', '[]', 'null', '{"traceIds":', '\u0000'])('a body of %j is a 400', async (body) => {
    const response = await api.request('/api/public/traces', {
      method: 'DELETE',
      headers: { authorization: mine.basic },
      body,
    });
    expect(response.status).toBe(400);
  });
});

describe('CORS', () => {
  it('answers a preflight of any site with 204 and the headers it asked for', async () => {
    const response = await api.request('/api/public/ingestion', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-langfuse-sdk-name',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(response.headers.get('access-control-allow-headers')).toBe(
      'authorization,content-type,x-langfuse-sdk-name',
    );
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('reflects the origin on every public answer, also a refusal', async () => {
    for (const [path, status] of [
      ['/api/public/health', 200],
      ['/api/public/traces', 401],
      ['/api/public/nothing', 404],
    ] as const) {
      const response = await api.request(path, { headers: { origin: 'https://shop.example' } });
      expect(response.status).toBe(status);
      expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    }
  });

  it('opens nothing that a cookie opens', async () => {
    for (const path of ['/api/v1/session', '/api/auth/get-session']) {
      for (const method of ['GET', 'OPTIONS']) {
        const response = await api.request(path, { method, headers: { origin: 'https://shop.example' } });
        expect(response.headers.has('access-control-allow-origin'), `${method} ${path}`).toBe(false);
      }
    }
  });

  it('takes no change that another site makes with a cookie', async () => {
    const cookie = await api.signIn(mine.ownerId);
    const create = (headers: Record<string, string>) =>
      api.request(`/api/v1/projects/${mine.projectId}/api-keys`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: '{}',
      });
    expect((await create({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await create({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await create({ origin: 'null' })).status).toBe(403);
    expect((await create({ 'sec-fetch-site': 'same-origin', origin })).status).toBe(201);
    expect((await create({ origin })).status).toBe(201);
  });
});

describe('health and readiness', () => {
  it('say that all is well, to anybody', async () => {
    for (const path of ['health', 'ready', 'health?failIfDatabaseUnavailable=true']) {
      const response = await api.request(`/api/public/${path}`);
      expect([response.status, await response.json()]).toEqual([
        200,
        { status: 'OK', version: '0.0.0-test' },
      ]);
    }
  });

  it('miss recent events until there are some', async () => {
    const watch = () => api.request('/api/public/health?failIfNoRecentEvents=true');
    expect((await watch()).status).toBe(503);
    await api.send('POST', '/api/public/otel/v1/traces', mine, createExport('recent').body);
    await api.settle();
    expect((await watch()).status).toBe(200);
  });

  it('are not ready while the process drains, and still alive', async () => {
    const draining = createApi({ ...api.deps, isServing: () => false });
    const ready = await draining.request(`${origin}/api/public/ready`);
    expect(ready.status).toBe(503);
    expect(Number(ready.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await draining.request(`${origin}/api/public/health`)).status).toBe(200);
  });
});

describe('a store that is away', () => {
  it('columnar: reads are 503 with Retry-After, what is sent is still taken', async () => {
    const columnar = openClickHouse({
      url: 'http://127.0.0.1:9',
      username: 'x',
      password: 'x',
      database: 'x',
    });
    const errors: unknown[] = [];
    const app = createApi({ ...api.deps, columnar, onInternalError: (error) => errors.push(error) });
    const headers = { authorization: mine.basic, 'content-type': 'application/json' };
    for (const path of ['traces', 'traces/x', 'observations', 'v2/observations', 'v3/scores', 'sessions']) {
      const response = await app.request(`${origin}/api/public/${path}`, { headers });
      expect(response.status, path).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await response.text()).not.toMatch(/127\.0\.0\.1|ECONN|clickhouse/i);
    }
    expect((await app.request(`${origin}/api/public/health?failIfDatabaseUnavailable=true`)).status).toBe(
      503,
    );
    const sent = await app.request(`${origin}/api/public/otel/v1/traces`, {
      method: 'POST',
      headers,
      body: JSON.stringify(createExport('meanwhile').body),
    });
    expect(sent.status).toBe(200);
    expect(errors).toEqual([]);
    await columnar.close();
  });

  it('relational: keys seen lately go on for five minutes, others are told to come back', async () => {
    let now = Date.now();
    const relational = openPostgres({ url: api.engines.urls.relational });
    const keyLookup = createKeyLookup({
      relational,
      salt: api.deps.config.salt,
      cache: { now: () => now },
    });
    const errors: unknown[] = [];
    const app = createApi({
      ...api.deps,
      relational,
      keyLookup,
      onInternalError: (error) => errors.push(error),
    });
    const send = async (authorization: string) =>
      app.request(`${origin}/api/public/otel/v1/traces`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(createExport('meanwhile').body),
      });
    expect((await send(mine.basic)).status).toBe(200);
    await relational.close();
    for (const passedMs of [5_000, 60_000, 200_000]) {
      now += passedMs;
      expect((await send(mine.basic)).status).toBe(200);
    }
    const unseen = await send(basicOf('pk-lf-unseen', 'sk-lf-unseen'));
    expect(unseen.status).toBe(503);
    expect(Number(unseen.headers.get('retry-after'))).toBeGreaterThan(0);
    now += 60_000;
    expect((await send(mine.basic)).status).toBe(503);
    const projects = await app.request(`${origin}/api/public/projects`, {
      headers: { authorization: mine.basic },
    });
    expect(projects.status).toBe(503);
    expect(errors).toEqual([]);
    await keyLookup.close().catch(() => {});
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});
