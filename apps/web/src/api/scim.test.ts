import { randomUUID } from 'node:crypto';
import * as operations from '@tracewell/contract';
import { users } from '@tracewell/schema/postgres/accounts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basicOf, startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** SCIM as identity providers speak it, with an organization's key. */
const scimType = 'application/scim+json';
const adminApiKey = 'the admin key of this installation';
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let key: string;

beforeAll(async () => {
  api = await startTestApi({}, { adminApiKey });
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
  const response = await api.request(`/api/admin/organizations/${mine.organizationId}/apiKeys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
    body: '{}',
  });
  const created = operations.createdApiKey.parse(await response.json());
  key = basicOf(created.publicKey, created.secretKey);
});
afterAll(() => api?.stop());

async function call(method: string, path: string, body?: unknown, authorization = key) {
  const response = await api.request(`/api/public/scim/${path}`, {
    method,
    headers: { authorization, accept: scimType, 'content-type': scimType },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.headers.get('content-type')).toBe(`${scimType}; charset=utf-8`);
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}
const addressOf = (name: string) => `${name}-${randomUUID().slice(0, 8)}@scim.test`;
async function createUser(name: string, more: Record<string, unknown> = {}) {
  const answer = await call('POST', 'Users', { userName: addressOf(name), ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return operations.scimUser.parse(answer.body);
}
async function roleOf(userId: string): Promise<string | undefined> {
  const response = await api.request('/api/public/organizations/memberships', {
    headers: { authorization: key },
  });
  const { memberships } = operations.listOrganizationMembers.responses[200].parse(await response.json());
  return memberships.find((one) => one.userId === userId)?.role;
}
/** A failure as RFC 7644 has it: the status is text. */
const failure = (status: number, detail: string) => ({
  status,
  body: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    detail: expect.stringContaining(detail),
  },
});

describe('what a provider reads before it begins', () => {
  it('says what is served', async () => {
    const config = await call('GET', 'ServiceProviderConfig');
    expect(config.status).toBe(200);
    expect(operations.getScimServiceProviderConfig.responses[200].parse(config.body)).toMatchObject({
      patch: { supported: false },
      filter: { supported: true, maxResults: 100 },
    });
    const types = await call('GET', 'ResourceTypes');
    expect(operations.listScimResourceTypes.responses[200].parse(types.body).Resources).toEqual([
      expect.objectContaining({ id: 'User', endpoint: '/api/public/scim/Users' }),
    ]);
    const schemas = await call('GET', 'Schemas');
    const { Resources } = operations.listScimSchemas.responses[200].parse(schemas.body);
    expect(Resources.map(({ id }) => id)).toEqual(['urn:ietf:params:scim:schemas:core:2.0:User']);
  });

  it('is plain JSON for clients that ask for no more', async () => {
    for (const path of ['Schemas', 'Users/unknown', 'Groups']) {
      const response = await api.request(`/api/public/scim/${path}`, {
        headers: { authorization: key, accept: '*/*' },
      });
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
  });

  it('is refused in the words of SCIM', async () => {
    for (const path of ['ServiceProviderConfig', 'ResourceTypes', 'Schemas', 'Users']) {
      expect(await call('GET', path, undefined, '')).toEqual(failure(401, 'authorization'));
      expect(await call('GET', path, undefined, basicOf('pk-lf-x', 'sk-lf-x'))).toEqual(
        failure(401, 'Invalid'),
      );
      expect(await call('GET', path, undefined, mine.basic)).toEqual(failure(403, 'key of a project'));
      expect(await call('DELETE', path)).toEqual(failure(405, 'Method not allowed'));
    }
    expect(await call('GET', 'Groups')).toEqual(failure(404, 'nothing at'));
  });
});

describe('users', () => {
  it('are created with an account, as members who see nothing yet', async () => {
    const userName = addressOf('Ann').toUpperCase();
    const { status, body } = await call('POST', 'Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName,
      name: { givenName: 'Ann', familyName: 'Lee' },
      emails: [{ primary: true, value: userName, type: 'work' }],
      active: true,
      password: 'is ignored',
      groups: [],
    });
    expect(status).toBe(201);
    const user = operations.scimUser.parse(body);
    expect(user).toMatchObject({
      userName: userName.toLowerCase(),
      name: { formatted: 'Ann Lee' },
      emails: [{ value: userName.toLowerCase(), primary: true }],
      active: true,
      meta: { resourceType: 'User' },
    });
    expect(await roleOf(user.id)).toBe('NONE');
    expect(await call('GET', `Users/${user.id}`)).toEqual({ status: 200, body });
  });

  it.each([
    [{ name: { formatted: 'Formatted' }, displayName: 'Shown' }, 'Formatted'],
    [{ name: { formatted: '' }, displayName: 'Shown' }, 'Shown'],
    [{ name: null }, null],
    [{}, null],
  ])('have a name from %j', async (more, name) => {
    const user = await createUser('named', more);
    expect(user.name.formatted).toBe(name ?? user.userName);
  });

  it.each([
    [['ADMIN'], 'ADMIN'],
    [[{ value: 'VIEWER', primary: true }], 'VIEWER'],
    [['MEMBER', 'OWNER'], 'MEMBER'],
    [[], 'NONE'],
  ])('have the first of the roles %j', async (roles, role) => {
    expect(await roleOf((await createUser('role', { roles })).id)).toBe(role);
  });

  it.each([
    [{}, 'userName is required'],
    [{ userName: 'no address' }, 'e-mail address'],
    [{ userName: 5 }, 'userName'],
    [{ userName: 'a@b.test', roles: ['KING'] }, 'roles'],
    [{ userName: 'a@b.test', active: 'maybe' }, 'active'],
    [{ userName: 'a@b.test', name: { formatted: 'x\0y' } }, 'NUL'],
    [[], 'Invalid request data'],
  ])('are refused as %j', async (body, detail) => {
    expect(await call('POST', 'Users', body)).toEqual(failure(400, detail));
  });

  it('who are members are not created again, whatever the case of the address', async () => {
    const { userName } = await createUser('twice');
    expect(await call('POST', 'Users', { userName: userName.toUpperCase() })).toEqual(
      failure(409, 'already exists'),
    );
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => call('POST', 'Users', { userName: 'at-once@scim.test' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  });

  it('of other organizations become members with the account they have', async () => {
    const [owner] = await api.relational.db.select().from(users).where(eq(users.id, theirs.ownerId));
    const user = await createUser('x', { userName: owner!.email, name: { formatted: 'Another name' } });
    expect(user).toMatchObject({ id: theirs.ownerId, name: { formatted: owner!.name } });
    expect((await call('DELETE', `Users/${user.id}`)).status).toBe(200);
    expect((await api.get('/api/public/projects', theirs)).status).toBe(200);
  });

  it('are found by address and listed in pages', async () => {
    const { id, userName } = await createUser('found');
    const byAddress = await call('GET', `Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
    const found = operations.listScimUsers.responses[200].parse(byAddress.body);
    expect(found).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [{ id }] });
    const none = await call('GET', `Users?filter=${encodeURIComponent('userName eq "nobody@x.test"')}`);
    expect(none.body).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] });

    const all = operations.listScimUsers.responses[200].parse((await call('GET', 'Users')).body);
    expect(all.totalResults).toBe(all.Resources.length);
    const seen: string[] = [];
    for (let startIndex = 1; startIndex <= all.totalResults; startIndex += 2) {
      const answer = await call('GET', `Users?startIndex=${startIndex}&count=2`);
      const page = operations.listScimUsers.responses[200].parse(answer.body);
      seen.push(...page.Resources.map((user) => user.id));
    }
    expect(seen).toEqual(all.Resources.map((user) => user.id));
    expect((await call('GET', 'Users?count=0')).body).toMatchObject({
      totalResults: all.totalResults,
      itemsPerPage: 0,
      Resources: [],
    });
    expect((await call('GET', 'Users?startIndex=0&count=1000')).body).toMatchObject({ startIndex: 1 });
    expect((await call('GET', 'Users?startIndex=100000')).body).toMatchObject({ Resources: [] });
    expect(await call('GET', 'Users?count=many')).toEqual(failure(400, 'count'));
    expect(await call('GET', `Users?filter=${encodeURIComponent('emails co "a"')}`)).toEqual(
      failure(400, 'not supported'),
    );
  });

  it('leave and come back by PUT and PATCH', async () => {
    const { id, userName } = await createUser('leaver', { roles: ['MEMBER'] });
    const put = (body: unknown) => call('PUT', `Users/${id}`, { userName, ...(body as object) });
    const patch = (value: unknown, path?: string) =>
      call('PATCH', `Users/${id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'Replace', ...(path && { path }), value }],
      });
    expect(await put({ active: true })).toMatchObject({ status: 200, body: { id, active: true } });
    expect(await roleOf(id), 'a role that is not spoken of stays').toBe('MEMBER');
    expect((await put({ active: true, roles: ['VIEWER'] })).status).toBe(200);
    expect(await roleOf(id)).toBe('VIEWER');
    expect(await put({ active: false })).toMatchObject({ status: 200, body: { id, active: false } });
    expect(await roleOf(id)).toBeUndefined();
    expect(await call('GET', `Users/${id}`)).toEqual(failure(404, 'User not found'));
    expect((await put({})).body).toMatchObject({ active: true });
    expect(await roleOf(id)).toBe('NONE');

    expect((await patch({ active: false })).body).toMatchObject({ id, active: false });
    expect(await roleOf(id)).toBeUndefined();
    expect((await patch('True', 'active')).body).toMatchObject({ active: true });
    expect(await roleOf(id)).toBe('NONE');
    expect(await patch({ displayName: 'x' })).toEqual(failure(400, 'active'));
    expect(await patch('x', 'displayName')).toEqual(failure(400, 'active'));
    const add = { Operations: [{ op: 'add', value: { active: true } }] };
    expect(await call('PATCH', `Users/${id}`, add)).toEqual(failure(400, 'replace'));
    expect(await call('PATCH', `Users/${id}`, {})).toEqual(failure(400, 'Operations'));
  });

  it('who are not active become no members', async () => {
    const user = await createUser('inactive', { active: false, roles: ['OWNER'] });
    expect(user.active).toBe(false);
    expect(await roleOf(user.id)).toBeUndefined();
  });

  it('are deleted from the organization, not from the installation', async () => {
    const { id } = await createUser('deleted');
    expect(await call('DELETE', `Users/${id}`)).toEqual({ status: 200, body: {} });
    expect(await call('DELETE', `Users/${id}`)).toEqual(failure(404, 'User not found'));
    expect(await api.relational.db.select().from(users).where(eq(users.id, id))).toHaveLength(1);
  });

  it('are unknown when they are not members', async () => {
    const { ownerId } = await api.createProject('strangers');
    for (const id of ['unknown', ownerId]) {
      expect(await call('GET', `Users/${id}`)).toEqual(failure(404, 'User not found'));
      expect(await call('DELETE', `Users/${id}`)).toEqual(failure(404, 'User not found'));
      for (const value of [false, true]) {
        expect(await call('PUT', `Users/${id}`, { active: value })).toEqual(failure(404, 'User not found'));
        const patch = { Operations: [{ op: 'replace', value: { active: value } }] };
        expect(await call('PATCH', `Users/${id}`, patch)).toEqual(failure(404, 'User not found'));
      }
      expect(await call('PUT', `Users/${id}`, { roles: ['OWNER'] })).toEqual(failure(404, 'User not found'));
      expect(await roleOf(id)).toBeUndefined();
    }
  });

  it('never lose the last owner', async () => {
    const user = `Users/${mine.ownerId}`;
    expect(await call('DELETE', user)).toEqual(failure(403, 'last owner'));
    expect(await call('PUT', user, { active: false })).toEqual(failure(403, 'last owner'));
    expect(await call('PUT', user, { roles: ['ADMIN'] })).toEqual(failure(403, 'last owner'));
    expect(await roleOf(mine.ownerId)).toBe('OWNER');
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});
