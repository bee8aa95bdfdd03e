import { randomUUID } from 'node:crypto';
import * as operations from '@tracewell/contract';
import { auditLog } from '@tracewell/schema/postgres/audit-log';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './create-api';
import { basicOf, startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** What the holder of the installation's admin key does. */
const adminApiKey = 'the admin key of this installation';
const admin = `Bearer ${adminApiKey}`;
let api: TestApi;
let project: TestProject;

beforeAll(async () => {
  api = await startTestApi({}, { adminApiKey });
  project = await api.createProject('one');
});
afterAll(() => api?.stop());

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await api.request(`/api/admin/${path}`, {
    method,
    headers: { authorization: admin, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}
async function createOrganization(name = `Organization ${randomUUID().slice(0, 8)}`) {
  const { status, body } = await call('POST', 'organizations', { name });
  expect(status).toBe(201);
  return operations.organization.parse(body);
}

describe('organizations', () => {
  it('are created, read, changed and deleted', async () => {
    const created = await createOrganization('First name');
    expect(created).toMatchObject({ name: 'First name', metadata: {}, projects: [] });
    const path = `organizations/${created.id}`;
    expect(await call('GET', path)).toEqual({ status: 200, body: created });

    const changed = await call('PUT', path, { name: 'Second name', metadata: { plan: 'a' } });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Second name', metadata: { plan: 'a' } } });
    operations.organization.parse(changed.body);
    expect((await call('PUT', path, { name: 'Third name' })).body.metadata).toEqual({ plan: 'a' });

    const list = await call('GET', 'organizations');
    const { organizations } = operations.listOrganizations.responses[200].parse(list.body);
    expect(organizations.find(({ id }) => id === created.id)).toMatchObject({ name: 'Third name' });
    const ofProject = organizations.find(({ id }) => id === project.organizationId);
    expect(ofProject?.projects.map(({ id }) => id)).toEqual([project.projectId]);

    expect(await call('DELETE', path)).toEqual({ status: 200, body: { success: true } });
    expect((await call('GET', path)).status).toBe(404);
    const changes = await api.relational.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.resourceId, created.id));
    expect(changes.map(({ action, actorId }) => `${actorId} ${action}`).sort()).toEqual([
      'instance-admin organizations.create',
      'instance-admin organizations.delete',
      'instance-admin organizations.update',
      'instance-admin organizations.update',
    ]);
  });

  it('stay while they have projects', async () => {
    const answer = await call('DELETE', `organizations/${project.organizationId}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain('Cannot delete organization with existing projects');
    expect((await api.get('/api/public/projects', project)).status).toBe(200);
  });

  it.each([
    [{}],
    [{ name: 'A' }],
    [{ name: 'A'.repeat(61) }],
    [{ name: 5 }],
    [{ name: 'Good name', metadata: 'text' }],
    [null],
  ])('are refused as %j', async (body) => {
    for (const [method, path] of [
      ['POST', 'organizations'],
      ['PUT', `organizations/${project.organizationId}`],
    ] as const) {
      const answer = await call(method, path, body);
      expect(answer.status).toBe(400);
      expect(answer.body.error).toEqual(expect.stringContaining('Invalid request data'));
    }
  });

  it('that do not exist are told so everywhere', async () => {
    for (const [method, path, body] of [
      ['GET', 'organizations/unknown', undefined],
      ['PUT', 'organizations/unknown', { name: 'Good name' }],
      ['DELETE', 'organizations/unknown', undefined],
      ['GET', 'organizations/unknown/apiKeys', undefined],
      ['POST', 'organizations/unknown/apiKeys', {}],
      ['DELETE', 'organizations/unknown/apiKeys/any', undefined],
    ] as const) {
      const answer = await call(method, path, body);
      expect(answer).toMatchObject({
        status: 404,
        body: { error: expect.stringContaining('Organization not found') },
      });
    }
  });

  it('answer no other method', async () => {
    expect(await call('PATCH', 'organizations', {})).toMatchObject({
      status: 405,
      body: { error: expect.stringContaining('Method not allowed') },
    });
  });
});

describe('keys of an organization', () => {
  it('are created, open the organization, are listed without their secret and deleted', async () => {
    const { id } = await createOrganization();
    const path = `organizations/${id}/apiKeys`;
    const created = await call('POST', path, { note: 'for scripts' });
    expect(created.status).toBe(201);
    const { secretKey, ...shown } = operations.createdApiKey.parse(created.body);
    const authorization = basicOf(shown.publicKey, secretKey);
    const projects = () => api.request('/api/public/organizations/projects', { headers: { authorization } });
    expect((await projects()).status).toBe(200);

    const list = await call('GET', path);
    expect(operations.apiKeyList.parse(list.body).apiKeys).toMatchObject([shown]);
    expect(JSON.stringify(list.body)).not.toContain(secretKey);

    const other = await createOrganization();
    expect((await call('DELETE', `organizations/${other.id}/apiKeys/${shown.id}`)).status).toBe(404);
    expect(await call('DELETE', `${path}/${shown.id}`)).toEqual({ status: 200, body: { success: true } });
    expect((await projects()).status).toBe(401);
    expect(await call('DELETE', `${path}/${shown.id}`)).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('API key not found') },
    });
  });

  it('end with the organization', async () => {
    const { id } = await createOrganization();
    const { body } = await call('POST', `organizations/${id}/apiKeys`, {});
    const { publicKey, secretKey } = operations.createdApiKey.parse(body);
    expect((await call('DELETE', `organizations/${id}`)).status).toBe(200);
    const headers = { authorization: basicOf(publicKey, secretKey) };
    expect((await api.request('/api/public/organizations/projects', { headers })).status).toBe(401);
  });
});

describe('the admin key', () => {
  it.each([
    ['none', ''],
    ['another', 'Bearer another key of that length, perhaps'],
    ['a part of it', admin.slice(0, -1)],
    ['more than it', `${admin}x`],
    ['an empty one', 'Bearer '],
    ['the scheme of project keys', `Basic ${Buffer.from(`admin:${adminApiKey}`).toString('base64')}`],
    ['another case', admin.toUpperCase()],
  ])('must be the one of the installation: %s is refused', async (_, authorization) => {
    expect(await call('GET', 'organizations', undefined, { authorization })).toMatchObject({
      status: 401,
      body: { error: expect.stringContaining('admin key') },
    });
  });

  it('opens nothing where the installation has none', async () => {
    const app = createApi({ ...api.deps, config: { ...api.deps.config, adminApiKey: undefined } });
    for (const authorization of ['Bearer ', 'Bearer undefined', admin]) {
      const response = await app.request('/api/admin/organizations', { headers: { authorization } });
      expect(response.status).toBe(403);
    }
  });

  it('opens no project or organization by itself', async () => {
    for (const path of ['projects', 'traces', 'organizations/projects']) {
      const response = await api.request(`/api/public/${path}`, { headers: { authorization: admin } });
      expect(response.status, path).toBe(401);
    }
  });

  it('opens a project it names, on the routes that scripts set projects up with', async () => {
    const headers = (more: Record<string, string>) => ({
      authorization: admin,
      'x-langfuse-admin-api-key': adminApiKey,
      'x-langfuse-project-id': project.projectId,
      ...more,
    });
    const ask = async (path: string, more: Record<string, string> = {}) =>
      (await api.request(`/api/public/${path}`, { headers: headers(more) })).status;
    expect(await ask('models')).toBe(200);
    expect(await ask('traces')).toBe(403);
    expect(await ask('models', { 'x-langfuse-project-id': '' })).toBe(400);
    expect(await ask('models', { 'x-langfuse-project-id': 'unknown' })).toBe(404);
    expect(await ask('models', { 'x-langfuse-admin-api-key': 'another' })).toBe(401);
    expect(await ask('models', { authorization: 'Bearer another' })).toBe(401);
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});
