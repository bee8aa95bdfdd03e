import { type ApiKeyResponse, LangfuseAPIClient } from '@langfuse/core';
import { openEngines, readEngineConfig } from '@tracewell/engines';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The generated client of the JavaScript SDK with an organization's key, unmodified, against a started instance. */
const adminApiKey = 'an admin key that nobody else has';
let instance: Instance;
let client: LangfuseAPIClient;
let organizationId: string;

beforeAll(async () => {
  instance = await startInstance({ env: { ADMIN_API_KEY: adminApiKey } });
  const admin = async (path: string, body?: unknown) => {
    const response = await instance.fetch(`/api/admin/organizations${path}`, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
    });
    return response.json();
  };
  const { id } = (await admin('', { name: 'Made by a script' })) as { id: string };
  organizationId = id;
  const key = (await admin(`/${id}/apiKeys`, { note: 'for the script' })) as ApiKeyResponse;
  client = clientOf(key.publicKey, key.secretKey);
});
afterAll(() => instance?.dispose());

const clientOf = (username: string, password: string) =>
  new LangfuseAPIClient({ environment: instance.url, username, password });

describe('an organization that is set up by a script', () => {
  it('gets a project with a key that works until it is deleted', async () => {
    const project = await client.projects.create({ name: 'Scripted', retention: 7, metadata: { team: 'a' } });
    expect(project).toMatchObject({
      organization: { id: organizationId, name: 'Made by a script' },
      metadata: { team: 'a' },
      retentionDays: 7,
    });
    const key = await client.projects.createApiKey(project.id, { note: 'app' });
    const app = clientOf(key.publicKey, key.secretKey);
    expect((await app.projects.get()).data).toEqual([project]);
    expect((await client.projects.getApiKeys(project.id)).apiKeys).toMatchObject([
      { id: key.id, publicKey: key.publicKey, displaySecretKey: key.displaySecretKey },
    ]);
    expect(await client.projects.deleteApiKey(project.id, key.id)).toEqual({ success: true });
    await expect(app.projects.get()).rejects.toMatchObject({ statusCode: 401 });
    const { projects } = await client.organizations.getOrganizationProjects();
    expect(projects.map(({ id }) => id)).toEqual([project.id]);
  });

  it('gets members from an identity provider, with roles', async () => {
    const user = await client.scim.createUser({
      userName: 'ann@script.test',
      name: { formatted: 'Ann' },
      emails: [{ primary: true, value: 'ann@script.test', type: 'work' }],
    });
    const found = await client.scim.listUsers({ filter: 'userName eq "ann@script.test"' });
    expect(found).toMatchObject({ totalResults: 1, Resources: [user] });
    const role = { userId: user.id, role: 'MEMBER' } as const;
    expect(await client.organizations.updateOrganizationMembership(role)).toEqual({
      ...role,
      email: 'ann@script.test',
      name: 'Ann',
    });
    expect((await client.organizations.getOrganizationMemberships()).memberships).toHaveLength(1);
    await client.scim.deleteUser(user.id);
    await expect(client.scim.getUser(user.id)).rejects.toMatchObject({
      statusCode: 404,
      body: { detail: expect.stringContaining('User not found') },
    });
  });

  it('loses a project with everything in it, also when the instance is started anew', async () => {
    const project = await client.projects.create({ name: 'Short-lived', retention: 0 });
    const key = await client.projects.createApiKey(project.id, {});
    const authorization = `Basic ${Buffer.from(`${key.publicKey}:${key.secretKey}`).toString('base64')}`;
    const traceId = 'f'.repeat(32);
    await instance.fetch('/api/public/ingestion', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        batch: [
          {
            id: 'e',
            type: 'trace-create',
            timestamp: new Date().toISOString(),
            body: { id: traceId, name: 'secret' },
          },
        ],
      }),
    });
    await waitFor('the trace', async () => {
      const response = await instance.fetch(`/api/public/traces/${traceId}`, { headers: { authorization } });
      return response.ok || null;
    });
    expect(await client.projects.delete(project.id)).toMatchObject({ success: true });

    const { dataDirectory } = instance;
    await instance.stop();
    instance = await startInstance({ dataDirectory, env: { ADMIN_API_KEY: adminApiKey } });
    const engines = await openEngines(readEngineConfig(instance.engines()));
    try {
      await waitFor('nothing to be left of it', async () => {
        const [row] = await engines.columnar.query<{ rows: string }>({
          name: 'test',
          sql: `SELECT toString((SELECT count() FROM observations WHERE project_id = {projectId:String})
            + (SELECT count() FROM traces WHERE project_id = {projectId:String})
            + (SELECT count() FROM ingestion_events WHERE project_id = {projectId:String})) AS rows`,
          params: { projectId: project.id },
        });
        const { rows: projects } = await engines.relational.pool.query(
          'select id from projects where id = $1',
          [project.id],
        );
        return row?.rows === '0' && projects.length === 0;
      });
    } finally {
      await engines.close();
    }
  });
});
