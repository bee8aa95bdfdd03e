import { randomUUID } from 'node:crypto';
import * as operations from '@tracewell/contract';
import { deleteProject } from '@tracewell/ingest/write/delete';
import { deleteMediaOfProject } from '@tracewell/modules/media/index';
import { purgeProjects } from '@tracewell/modules/projects/index';
import { auditLog } from '@tracewell/schema/postgres/audit-log';
import { and, desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record } from './testing/recordings';
import { basicOf, startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** What the key of an organization does: projects, their keys, members. */
const adminApiKey = 'the admin key of this installation';
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let key: string;
let theirKey: string;

beforeAll(async () => {
  api = await startTestApi({}, { adminApiKey });
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
  key = await createOrganizationKey(mine.organizationId);
  theirKey = await createOrganizationKey(theirs.organizationId);
});
afterAll(() => api?.stop());

/** The `Authorization` of a new key, got as an operator gets it. */
async function createOrganizationKey(organizationId: string): Promise<string> {
  const response = await api.request(`/api/admin/organizations/${organizationId}/apiKeys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ note: 'of the tests' }),
  });
  const created = operations.createdApiKey.parse(await response.json());
  return basicOf(created.publicKey, created.secretKey);
}

async function call(method: string, path: string, body?: unknown, authorization = key) {
  const response = await api.request(`/api/public/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}
const nameOfTest = () => `Project ${randomUUID().slice(0, 8)}`;
async function createProject(fields: Record<string, unknown> = {}) {
  const { status, body } = await call('POST', 'projects', { name: nameOfTest(), ...fields });
  expect(status, JSON.stringify(body)).toBe(201);
  return operations.publicProject.parse(body);
}
const lastChange = async (resourceId: string) => {
  const [entry] = await api.relational.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.resourceId, resourceId), eq(auditLog.organizationId, mine.organizationId)))
    .orderBy(desc(auditLog.createdAt))
    .limit(1);
  return entry;
};
const createUser = async (name: string) => {
  const { ensureUser } = await import('@tracewell/modules/accounts/index');
  return ensureUser(api.auth, { email: `${name}-${randomUUID()}@members.test`, name });
};

describe('projects of an organization', () => {
  it('are created with metadata and retention, and listed', async () => {
    const name = nameOfTest();
    const created = await createProject({ name, metadata: { team: 'a', deep: [1] }, retention: 30 });
    expect((await call('PUT', `projects/${created.id}`, {})).body).toEqual(created);
    expect(created).toEqual({
      id: expect.any(String),
      name,
      organization: { id: mine.organizationId, name: 'Organization mine' },
      metadata: { team: 'a', deep: [1] },
      retentionDays: 30,
    });
    const { status, body } = await call('GET', 'organizations/projects');
    expect(status).toBe(200);
    const { projects } = operations.listOrganizationProjects.responses[200].parse(body);
    expect(projects.map(({ id }) => id)).toEqual(expect.arrayContaining([mine.projectId, created.id]));
    expect(projects.map(({ id }) => id)).not.toContain(theirs.projectId);
    expect(projects.find(({ id }) => id === created.id)).toMatchObject({ name, metadata: { team: 'a' } });
    expect(await lastChange(created.id)).toMatchObject({
      action: 'projects.update',
      actorKind: 'api-key',
      projectId: created.id,
    });
  });

  it('keep their data for ever without retention', async () => {
    for (const retention of [0, null, undefined]) {
      expect(await createProject({ retention })).not.toHaveProperty('retentionDays');
    }
  });

  it.each([
    [{ name: 'AB' }, 'Invalid project name'],
    [{ name: 'A'.repeat(61) }, 'Invalid project name'],
    [{ name: '   AB   ' }, 'Invalid project name'],
    [{}, 'name'],
    [{ name: 7 }, 'name'],
    [{ name: 'Nul \0 inside' }, 'NUL'],
    [{ name: 'Long enough', retention: 2 }, 'Invalid retention value'],
    [{ name: 'Long enough', retention: -1 }, 'Invalid retention value'],
    [{ name: 'Long enough', retention: 3.5 }, 'retention'],
    [{ name: 'Long enough', retention: '7' }, 'retention'],
    [{ name: 'Long enough', metadata: [1] }, 'metadata'],
    [{ name: 'Long enough', metadata: { text: 'a\0b' } }, 'NUL'],
    [[], 'object'],
  ])('are refused as %j', async (body, message) => {
    const answer = await call('POST', 'projects', body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(message);
  });

  it('have names of their own', async () => {
    const { name, id } = await createProject();
    const again = await call('POST', 'projects', { name });
    expect(again.status).toBe(409);
    expect(again.body.message).toContain('already exists');
    expect((await call('POST', 'projects', { name }, theirKey)).status).toBe(201);
    const other = await createProject();
    expect((await call('PUT', `projects/${other.id}`, { name })).status).toBe(409);
    expect((await call('PUT', `projects/${id}`, { name })).status).toBe(200);
  });

  it('only one of them is created when many are at once', async () => {
    const name = nameOfTest();
    const answers = await Promise.all(Array.from({ length: 6 }, () => call('POST', 'projects', { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('are changed in what is given', async () => {
    const project = await createProject({ metadata: { a: 1 }, retention: 7 });
    const path = `projects/${project.id}`;
    const renamed = await call('PUT', path, { name: nameOfTest() });
    expect(renamed.status).toBe(200);
    expect(operations.publicProject.parse(renamed.body)).toMatchObject({
      metadata: { a: 1 },
      retentionDays: 7,
    });
    const changed = await call('PUT', path, { metadata: { b: 2 }, retention: 0 });
    expect(changed.body).toMatchObject({ name: renamed.body.name, metadata: { b: 2 } });
    expect(changed.body).not.toHaveProperty('retentionDays');
    expect((await call('PUT', path, { metadata: null })).body.metadata).toEqual({});
    expect((await call('PUT', path, { retention: 1 })).status).toBe(400);
    expect(await lastChange(project.id)).toMatchObject({
      action: 'projects.update',
      before: { metadata: { b: 2 } },
      after: { metadata: null },
    });
  });

  it('of another organization and none at all are told in the same words', async () => {
    for (const id of [theirs.projectId, 'unknown', 'a%00b'] as const) {
      for (const [method, path, body] of [
        ['PUT', `projects/${id}`, { name: 'Other name' }],
        ['DELETE', `projects/${id}`, undefined],
        ['GET', `projects/${id}/apiKeys`, undefined],
        ['POST', `projects/${id}/apiKeys`, {}],
        ['DELETE', `projects/${id}/apiKeys/any`, undefined],
        ['GET', `projects/${id}/memberships`, undefined],
        ['PUT', `projects/${id}/memberships`, { userId: mine.ownerId, role: 'ADMIN' }],
        ['DELETE', `projects/${id}/memberships`, { userId: theirs.ownerId }],
      ] as const) {
        const answer = await call(method, path, body);
        if (id === 'a%00b') expect(answer.status).toBe(400);
        else {
          expect(answer.status, path).toBe(404);
          const { message, error } = answer.body as { message?: string; error?: string };
          expect(message ?? error).toContain('Project not found');
        }
      }
    }
  });

  it('are not administered by a project key, and said so under the name each route has', async () => {
    const project = await call('POST', 'projects', { name: nameOfTest() }, mine.basic);
    expect(project.status).toBe(403);
    expect(project.body.message).toContain('key of the organization');
    const members = await call('GET', 'organizations/memberships', undefined, mine.basic);
    expect(members).toMatchObject({ status: 403, body: { error: expect.stringContaining('key') } });
    const unknown = await call('GET', 'organizations/projects', undefined, basicOf('pk-lf-x', 'sk-lf-x'));
    expect(unknown).toMatchObject({ status: 401, body: { error: expect.stringContaining('Invalid') } });
    expect((await call('PATCH', 'projects', {})).status).toBe(405);
  });
});

describe('deletion of a project', () => {
  it('ends its keys at once and purges everything soon, and that of no other', async () => {
    const doomed = await api.createProject('doomed');
    const doomedKey = await createOrganizationKey(doomed.organizationId);
    const recorded = await record(api, doomed, 'doomed');
    const kept = await record(api, mine, 'kept');
    const { db } = api.relational;
    await api.blob.put(`media/${doomed.projectId}/file`, new Uint8Array([1]));
    await api.blob.put(`media/${mine.projectId}/file`, new Uint8Array([1]));

    const answer = await call('DELETE', `projects/${doomed.projectId}`, undefined, doomedKey);
    expect(answer).toMatchObject({ status: 202, body: { success: true } });
    expect(answer.body.message).toContain('being processed asynchronously');
    expect((await api.get(`/api/public/traces/${recorded.otel.traceId}`, doomed)).status).toBe(401);
    expect((await call('DELETE', `projects/${doomed.projectId}`, undefined, doomedKey)).status).toBe(404);
    const cookie = await api.signIn(doomed.ownerId);
    const screen = await api.request(`/api/v1/projects/${doomed.projectId}/traces`, { headers: { cookie } });
    expect(screen.status).toBe(403);

    let now = new Date();
    let isColumnarAway = true;
    const purge = () =>
      purgeProjects({
        relational: api.relational,
        deleteRecords: async (projectId) => {
          if (isColumnarAway) throw new Error('the columnar store is away');
          await deleteProject(api.columnar, { projectId, deletedAt: now.getTime() * 1000 });
        },
        deleteObjects: (projectId) => deleteMediaOfProject(api.blob, projectId),
        now: () => now,
      });
    const later = (ms: number) => {
      now = new Date(now.getTime() + ms);
    };
    expect(await purge(), 'requests may be on their way').toBe(0);
    later(15_000);
    await expect(purge()).rejects.toThrow('away');
    isColumnarAway = false;
    expect(await purge(), 'another worker may have it in hand').toBe(0);
    later(11 * 60_000);
    expect(await purge()).toBe(1);
    expect(await countRows(doomed.projectId)).toEqual({});
    expect(await api.blob.list(`media/${doomed.projectId}/`)).toEqual([]);
    expect(await purge()).toBe(0);

    // A process that could not know of the deletion took something after it.
    await api.columnar.insert({
      name: 'test',
      table: 'scores',
      rows: [JSON.stringify({ project_id: doomed.projectId, id: 'late', updated_at: '2026-01-01 00:00:00' })],
    });
    later(11 * 60_000);
    expect(await purge()).toBe(1);
    expect(await countRows(doomed.projectId)).toEqual({});
    later(60 * 60_000);
    expect(await purge(), 'done for good').toBe(0);

    expect((await api.get(`/api/public/traces/${kept.otel.traceId}`, mine)).status).toBe(200);
    expect(await api.blob.list(`media/${mine.projectId}/`)).toHaveLength(1);
    const [left] = await db.select().from(auditLog).where(eq(auditLog.projectId, doomed.projectId)).limit(1);
    expect(left, 'who deleted it is still known').toBeDefined();
  });

  it('gives its name and its id back', async () => {
    const { id, name } = await createProject();
    expect((await call('DELETE', `projects/${id}`)).status).toBe(202);
    expect((await createProject({ name })).id).not.toBe(id);
    const again = await api.createProject('again');
    const deps = { relational: api.relational, deleteRecords: async () => {}, deleteObjects: async () => {} };
    const againKey = await createOrganizationKey(again.organizationId);
    expect((await call('DELETE', `projects/${again.projectId}`, undefined, againKey)).status).toBe(202);
    await purgeProjects({ ...deps, now: () => new Date(Date.now() + 60_000) });
    const reborn = await api.createProject('again');
    const touched: string[] = [];
    const deleteRecords = async (projectId: string) => void touched.push(projectId);
    await purgeProjects({ ...deps, deleteRecords, now: () => new Date(Date.now() + 3_600_000) });
    expect(touched, 'what the new project holds is not the old one’s').not.toContain(reborn.projectId);
    expect((await api.get('/api/public/projects', reborn)).status).toBe(200);
    expect((await call('DELETE', `projects/${reborn.projectId}`, undefined, againKey)).status).toBe(202);
    await purgeProjects({ ...deps, deleteRecords, now: () => new Date(Date.now() + 3_600_000) });
    expect(touched).toContain(reborn.projectId);
  });

  it('reaches every table of Postgres that has projects', async () => {
    const { rows } = await api.relational.pool.query<{ table_name: string }>(`
      select table_name from information_schema.columns
      where column_name = 'project_id' and table_schema = 'public' order by table_name`);
    const { rows: cascading } = await api.relational.pool.query<{ table_name: string }>(`
      with recursive reached as (
        select 'projects'::regclass::oid as id
        union
        select conrelid from pg_constraint join reached on confrelid = reached.id
        where contype = 'f' and confdeltype = 'c')
      select relname as table_name from reached join pg_class on pg_class.oid = reached.id`);
    const reached = new Set(cascading.map(({ table_name }) => table_name));
    const apart = rows.map(({ table_name }) => table_name).filter((name) => !reached.has(name));
    // Purged by name; kept on purpose; what purging is driven by.
    expect(apart).toEqual(['audit_log', 'dead_letters', 'project_purges']);
  });

  async function countRows(projectId: string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const tables = await api.columnar.query<{ table: string }>({
      name: 'test',
      sql: `SELECT table FROM system.columns
        WHERE database = currentDatabase() AND name = 'project_id' AND table NOT IN ('deletions')`,
    });
    for (const { table } of tables.filter((row) => !row.table.includes('_from_'))) {
      const [row] = await api.columnar.query<{ rows: string }>({
        name: 'test',
        sql: `SELECT toString(count()) AS rows FROM ${table} WHERE project_id = {projectId:String}`,
        params: { projectId },
      });
      if (row?.rows !== '0') counts[table] = Number(row?.rows);
    }
    return counts;
  }
});

describe('keys of a project', () => {
  it('are created, shown without their secret, used and deleted', async () => {
    const path = `projects/${mine.projectId}/apiKeys`;
    const created = await call('POST', path, { note: 'from a script' });
    expect(created.status).toBe(201);
    const { secretKey, ...shown } = operations.createdApiKey.parse(created.body);
    const basic = basicOf(shown.publicKey, secretKey);
    expect((await call('GET', 'projects', undefined, basic)).status).toBe(200);
    await api.keyLookup.flushLastUsed();

    const list = await call('GET', path);
    expect(list.status).toBe(200);
    const { apiKeys } = operations.apiKeyList.parse(list.body);
    expect(apiKeys[0]).toEqual({ ...shown, lastUsedAt: expect.any(String) });
    expect(JSON.stringify(list.body)).not.toContain(secretKey);

    expect(await call('DELETE', `${path}/${shown.id}`)).toEqual({ status: 200, body: { success: true } });
    expect((await call('GET', 'projects', undefined, basic)).status).toBe(401);
    expect((await call('DELETE', `${path}/${shown.id}`)).status).toBe(404);
    expect(await lastChange(shown.id)).toMatchObject({ action: 'api-keys.delete' });
    expect(JSON.stringify(await lastChange(shown.id))).not.toContain(secretKey);
  });

  it('may be given as a pair', async () => {
    const path = `projects/${mine.projectId}/apiKeys`;
    const pair = { publicKey: `pk-lf-${randomUUID()}`, secretKey: `sk-lf-${randomUUID()}` };
    const created = await call('POST', path, pair);
    expect(created).toMatchObject({ status: 201, body: { ...pair, note: null } });
    expect((await call('GET', 'projects', undefined, basicOf(pair.publicKey, pair.secretKey))).status).toBe(
      200,
    );
    for (const taken of [
      { ...pair, secretKey: `sk-lf-${randomUUID()}` },
      { ...pair, publicKey: `pk-lf-${randomUUID()}` },
    ]) {
      const answer = await call('POST', path, taken);
      expect(answer.status).toBe(409);
      expect(answer.body.message).toContain('already exists');
      expect(JSON.stringify(answer.body)).not.toContain(taken.secretKey);
    }
  });

  it.each([
    [{ publicKey: 'pk-lf-12345678' }, 'must be provided together'],
    [{ secretKey: 'sk-lf-12345678' }, 'must be provided together'],
    [{ publicKey: 'invalid-12345678', secretKey: 'sk-lf-12345678' }, 'publicKey must start with'],
    [{ publicKey: 'pk-lf-12345678', secretKey: 'invalid-12345678' }, 'secretKey must start with'],
    [{ publicKey: 'pk-lf-1', secretKey: 'sk-lf-12345678' }, '8 to'],
    [{ publicKey: 'pk-lf-1234:5678', secretKey: 'sk-lf-12345678' }, 'colon'],
    [{ note: 'x'.repeat(1_001) }, 'note'],
    [{ note: 5 }, 'note'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'is over'],
    [{ expiresAt: 'tomorrow' }, 'expiresAt'],
  ])('are refused as %j', async (body, message) => {
    const answer = await call('POST', `projects/${mine.projectId}/apiKeys`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(message);
  });

  it('end when they expire', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const { body } = await call('POST', `projects/${mine.projectId}/apiKeys`, { expiresAt });
    expect(body.expiresAt).toBe(expiresAt);
  });

  it('of another project are not deleted through one of one’s own', async () => {
    const { body } = await call('GET', `projects/${theirs.projectId}/apiKeys`, undefined, theirKey);
    const [foreign] = operations.apiKeyList.parse(body).apiKeys;
    expect((await call('DELETE', `projects/${mine.projectId}/apiKeys/${foreign!.id}`)).status).toBe(404);
    expect((await call('GET', 'projects', undefined, theirs.basic)).status).toBe(200);
  });

  it('of the organization are listed apart', async () => {
    const { status, body } = await call('GET', 'organizations/apiKeys');
    expect(status).toBe(200);
    const { apiKeys } = operations.apiKeyList.parse(body);
    expect(apiKeys).toEqual([expect.objectContaining({ note: 'of the tests' })]);
    const ofProject = await call('GET', `projects/${mine.projectId}/apiKeys`);
    const ids = operations.apiKeyList.parse(ofProject.body).apiKeys.map(({ id }) => id);
    expect(ids).not.toContain(apiKeys[0]!.id);
  });
});

describe('members of an organization', () => {
  const path = 'organizations/memberships';

  it('are added, listed, given other roles and removed', async () => {
    const userId = await createUser('Ann');
    const added = await call('PUT', path, { userId, role: 'MEMBER' });
    expect(added).toMatchObject({ status: 200, body: { userId, role: 'MEMBER', name: 'Ann' } });
    operations.membership.parse(added.body);
    expect((await call('PUT', path, { userId, role: 'NONE' })).body.role).toBe('NONE');
    const list = await call('GET', path);
    const { memberships } = operations.listOrganizationMembers.responses[200].parse(list.body);
    expect(memberships.map((one) => one.userId)).toEqual([mine.ownerId, userId]);
    expect(await lastChange(userId)).toMatchObject({
      action: 'memberships.update',
      before: { role: 'MEMBER' },
      after: { role: 'NONE' },
    });
    expect(await call('DELETE', path, { userId })).toMatchObject({ status: 200, body: { userId } });
    expect((await call('DELETE', path, { userId })).status).toBe(404);
  });

  it('always have an owner among them', async () => {
    const userId = await createUser('Ben');
    await call('PUT', path, { userId, role: 'ADMIN' });
    for (const attempt of [
      await call('DELETE', path, { userId: mine.ownerId }),
      await call('PUT', path, { userId: mine.ownerId, role: 'ADMIN' }),
    ]) {
      expect(attempt).toMatchObject({ status: 403, body: { error: expect.stringContaining('last owner') } });
    }
    await call('PUT', path, { userId, role: 'OWNER' });
    const leaving = await Promise.all(
      [userId, mine.ownerId].map((owner) => call('PUT', path, { userId: owner, role: 'ADMIN' })),
    );
    expect(leaving.map(({ status }) => status).sort(), 'one of two must stay').toEqual([200, 403]);
    await call('PUT', path, { userId: mine.ownerId, role: 'OWNER' });
    expect((await call('DELETE', path, { userId })).status).toBe(200);
  });

  it.each([
    [{ userId: 'unknown', role: 'VIEWER' }, 404],
    [{ userId: 'unknown', role: 'KING' }, 400],
    [{ role: 'VIEWER' }, 400],
    [{ userId: '', role: 'VIEWER' }, 400],
    [{}, 400],
  ])('are refused as %j', async (body, status) => {
    const answer = await call('PUT', path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toEqual(expect.any(String));
  });

  it('of another organization are not seen and not removed', async () => {
    const { body } = await call('GET', path);
    expect(JSON.stringify(body)).not.toContain(theirs.ownerId);
    expect((await call('DELETE', path, { userId: theirs.ownerId })).status).toBe(404);
    expect((await call('GET', path, undefined, theirKey)).body.memberships).toHaveLength(1);
  });
});

describe('members of a project', () => {
  it('have there the role that is theirs, and lose it with the organization', async () => {
    const { id } = await createProject();
    const path = `projects/${id}/memberships`;
    const userId = await createUser('Cleo');
    const cookie = await api.signIn(userId);
    const screen = async (project: string) =>
      (await api.request(`/api/v1/projects/${project}/traces`, { headers: { cookie } })).status;
    const projectsOfSession = async () => {
      const response = await api.request('/api/v1/session', { headers: { cookie } });
      const { organizations } = operations.sessionResponse.parse(await response.json());
      return organizations.flatMap(({ projects }) => projects.map((project) => project.id));
    };

    const stranger = await call('PUT', path, { userId, role: 'VIEWER' });
    expect(stranger).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('User not found') },
    });
    await call('PUT', 'organizations/memberships', { userId, role: 'NONE' });
    expect(await screen(id)).toBe(403);
    expect(await projectsOfSession()).toEqual([]);

    const given = await call('PUT', path, { userId, role: 'VIEWER' });
    expect(given).toMatchObject({ status: 200, body: { userId, role: 'VIEWER', name: 'Cleo' } });
    expect(await screen(id)).toBe(200);
    expect(await screen(mine.projectId), 'in this project alone').toBe(403);
    expect(await projectsOfSession()).toEqual([id]);
    expect((await call('PUT', path, { userId, role: 'ADMIN' })).body.role).toBe('ADMIN');
    const list = await call('GET', path);
    const { memberships } = operations.listProjectMembers.responses[200].parse(list.body);
    expect(memberships).toEqual([expect.objectContaining({ userId, role: 'ADMIN' })]);

    expect(await call('DELETE', path, { userId })).toMatchObject({ status: 200, body: { userId } });
    expect((await call('DELETE', path, { userId })).status).toBe(404);
    expect(await screen(id)).toBe(403);
    await call('PUT', path, { userId, role: 'MEMBER' });
    await call('DELETE', 'organizations/memberships', { userId });
    expect((await call('GET', path)).body.memberships).toEqual([]);
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});
