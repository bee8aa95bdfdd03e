import { listLlmConnections, upsertLlmConnection } from '@tracewell/contract';
import { secretKeyPlace } from '@tracewell/modules/llm-connections/upsert-llm-connection';
import { auditLog } from '@tracewell/schema/postgres/audit-log';
import { llmConnections } from '@tracewell/schema/postgres/llm-connections';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
});
afterAll(() => api?.stop());

const path = '/api/public/llm-connections';
const secretKey = 'sk-proj-very-secret-1234';
const put = (body: object, project = mine) => api.send('PUT', path, project, body);
const openai = (changes: object = {}) => ({ provider: 'openai', adapter: 'openai', secretKey, ...changes });
async function list(project = mine, query = '') {
  const response = await api.get(path + query, project);
  expect(response.status).toBe(200);
  return listLlmConnections.responses[200].parse(await response.json());
}

describe('LLM connections', () => {
  it('are created, replaced whole, listed and deleted', async () => {
    const created = await put(
      openai({
        baseURL: 'https://api.example.com/v1',
        customModels: ['my-model'],
        withDefaultModels: false,
        extraHeaders: { 'X-Org': 'hidden value' },
        config: { useResponsesApi: true },
      }),
    );
    expect(created.status).toBe(201);
    const connection = upsertLlmConnection.responses[201].parse(await created.json());
    expect(connection).toMatchObject({
      provider: 'openai',
      adapter: 'openai',
      displaySecretKey: '...1234',
      baseURL: 'https://api.example.com/v1',
      customModels: ['my-model'],
      withDefaultModels: false,
      extraHeaderKeys: ['X-Org'],
      config: { useResponsesApi: true },
    });
    const replaced = await put(openai({ secretKey: 'sk-another-secret-9876' }));
    expect(replaced.status).toBe(200);
    expect(await replaced.json()).toEqual({
      ...connection,
      displaySecretKey: '...9876',
      baseURL: null,
      customModels: [],
      withDefaultModels: true,
      extraHeaderKeys: [],
      config: null,
      updatedAt: expect.any(String),
    });
    expect((await list()).data.map(({ id }) => id)).toEqual([connection.id]);

    const deleted = await api.send('DELETE', `${path}/${connection.id}`, mine, undefined);
    expect([deleted.status, await deleted.json()]).toEqual([
      200,
      { message: 'LLM connection successfully deleted' },
    ]);
    expect((await list()).data).toEqual([]);
    expect((await api.send('DELETE', `${path}/${connection.id}`, mine, undefined)).status).toBe(404);
  });

  it('keep their secrets encrypted, and out of every answer and of the audit log', async () => {
    const headers = { authorization: 'Bearer hidden-in-header' };
    const { id } = (await (await put(openai({ provider: 'sealed', extraHeaders: headers }))).json()) as {
      id: string;
    };
    const { db } = api.relational;
    const [row] = await db.select().from(llmConnections).where(eq(llmConnections.id, id));
    expect(api.deps.vault.open(row!.encryptedSecretKey, secretKeyPlace(id))).toBe(secretKey);
    const entries = await db.select().from(auditLog).where(eq(auditLog.projectId, mine.projectId));
    expect(entries.map(({ action }) => action)).toContain('llm-connections.create');
    const seen = JSON.stringify([row, entries, await list()]);
    for (const secret of [secretKey, 'very-secret', 'hidden-in-header']) expect(seen).not.toContain(secret);
  });

  it('are one per provider, and come newest first in pages', async () => {
    const project = await api.createProject('pages');
    for (const provider of ['a', 'b', 'c']) await put(openai({ provider }), project);
    await Promise.all([1, 2, 3].map(() => put(openai({ provider: 'd' }), project)));
    const first = await list(project, '?limit=3');
    expect(first.meta).toEqual({ page: 1, limit: 3, totalItems: 4, totalPages: 2 });
    expect(first.data.map(({ provider }) => provider)).toEqual(['d', 'c', 'b']);
    expect((await list(project, '?limit=3&page=2')).data.map(({ provider }) => provider)).toEqual(['a']);
    expect((await list(theirs)).data).toEqual([]);
  });

  it.each([
    ['the server’s own credentials', '__BEDROCK_DEFAULT_CREDENTIALS__'],
    ['a pair of keys', '{"accessKeyId":"AKIA","secretAccessKey":"abcdwxyz"}'],
  ])('take %s for bedrock', async (_, key) => {
    const body = { provider: 'aws', adapter: 'bedrock', secretKey: key, config: { region: 'eu-central-1' } };
    expect([200, 201]).toContain((await put(body)).status);
  });

  it.each([
    ['provider', openai({ provider: ' ' })],
    ['provider', openai({ provider: 'a\0b' })],
    ['adapter', openai({ adapter: 'unknown' })],
    ['secretKey', { provider: 'x', adapter: 'openai' }],
    ['secretKey', openai({ secretKey: '' })],
    ['secretKey', { provider: 'x', adapter: 'bedrock', secretKey: 'no JSON', config: { region: 'r' } }],
    ['config', { provider: 'x', adapter: 'bedrock', secretKey: '__BEDROCK_DEFAULT_CREDENTIALS__' }],
    [
      'region',
      { provider: 'x', adapter: 'bedrock', secretKey: '__BEDROCK_DEFAULT_CREDENTIALS__', config: {} },
    ],
    ['config', openai({ adapter: 'anthropic', config: { a: 1 } })],
    ['config', openai({ config: { unknown: 1 } })],
    ['baseURL', openai({ baseURL: 'nowhere' })],
    ['baseURL', openai({ baseURL: 'http://169.254.169.254/latest' })],
    ['baseURL', openai({ baseURL: 'http://postgres:5432' })],
    ['customModels', openai({ customModels: [1] })],
    ['extraHeaders', openai({ extraHeaders: { 'a b': 'c' } })],
    ['extraHeaders', openai({ extraHeaders: { a: 'c\r\nd: e' } })],
    ['withDefaultModels', openai({ withDefaultModels: 'yes' })],
  ])('refuse a wrong %s and name it', async (member, body) => {
    const response = await put(body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(member);
  });

  it('refuse a page that is none, another project, and nobody', async () => {
    for (const query of ['?page=0', '?limit=101', '?unknown=1']) {
      expect((await api.get(path + query, mine)).status, query).toBe(400);
    }
    const { id } = (await (await put(openai(), theirs)).json()) as { id: string };
    expect((await api.send('DELETE', `${path}/${id}`, mine, undefined)).status).toBe(404);
    expect((await list(theirs)).data).toHaveLength(1);
    expect((await api.request(path)).status).toBe(401);
    expect((await api.request(path, { headers: { authorization: mine.bearer } })).status).toBe(403);
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});
