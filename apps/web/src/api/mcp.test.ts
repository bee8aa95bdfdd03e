import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Recorded, record } from './testing/recordings';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** The SDK's own client against our server, over the same door as HTTP. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let recorded: Recorded;
const clients: Client[] = [];

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
  recorded = await record(api, mine, 'mark');
});
afterAll(async () => {
  for (const client of clients) await client.close();
  await api?.stop();
});

const address = 'http://localhost:3000/api/public/mcp';

async function connect(
  authorization: string,
  { url = address, headers = {} }: { url?: string; headers?: Record<string, string> } = {},
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), {
      fetch: async (target, init) => api.app.request(String(target), init),
      requestInit: { headers: { authorization, ...headers } },
    }),
  );
  clients.push(client);
  return client;
}
const call = async (client: Client, name: string, args: Record<string, unknown> = {}) => {
  const result = (await client.callTool({ name, arguments: args })) as CallToolResult;
  const [content] = result.content;
  return { isError: result.isError ?? false, text: content?.type === 'text' ? content.text : '' };
};
const namesOf = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);

describe('a client', () => {
  it('is told who the server is and what it can do', async () => {
    const client = await connect(mine.basic);
    expect(client.getServerVersion()).toMatchObject({ name: 'tracewell', version: '0.0.0-test' });
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
    const { tools } = await client.listTools();
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    const observations = tools.find(({ name }) => name === 'listObservationsV2');
    expect(observations?.inputSchema.properties).toHaveProperty('traceId');
  });

  it('reads what the API would answer', async () => {
    const client = await connect(mine.basic);
    const trace = await call(client, 'getTrace', { traceId: recorded.otel.traceId });
    expect(trace.isError).toBe(false);
    const response = await api.get(`/api/public/traces/${recorded.otel.traceId}`, mine);
    expect(JSON.parse(trace.text)).toEqual(await response.json());
    const filtered = await call(client, 'listTraces', {
      limit: 1,
      filter: [{ type: 'string', column: 'userId', operator: '=', value: 'mark-user' }],
    });
    expect(JSON.parse(filtered.text)).toMatchObject({ meta: { limit: 1, totalItems: 2 } });
  });

  it('is told what is wrong with a call, in the API’s words', async () => {
    const client = await connect(mine.basic);
    for (const [name, args, words] of [
      ['getTrace', { traceId: 'none' }, '404'],
      ['getTrace', {}, 'needs the argument traceId'],
      ['listTraces', { limit: 1_000 }, 'limit'],
      ['listTraces', { colour: 'red' }, 'takes no argument colour'],
    ] as const) {
      const answer = await call(client, name, args);
      expect(answer.isError).toBe(true);
      expect(answer.text).toContain(words);
    }
    await expect(client.callTool({ name: 'nothing' })).rejects.toThrow('There is no tool nothing');
  });

  it('has no tool that writes, unless it asks for them', async () => {
    const reader = await connect(mine.basic);
    expect(await namesOf(reader)).not.toContain('createEvaluator');
    await expect(reader.callTool({ name: 'deleteTrace', arguments: { traceId: 'x' } })).rejects.toThrow(
      'There is no tool',
    );

    const byHeader = await connect(mine.basic, { headers: { 'x-tracewell-mcp-mode': 'read-write' } });
    const byAddress = await connect(mine.basic, { url: `${address}?mode=read-write` });
    expect(await namesOf(byHeader)).toEqual(await namesOf(byAddress));
    const made = await call(byHeader, 'createEvaluator', {
      body: {
        type: 'llm_as_judge',
        name: 'from an agent',
        prompt: 'Is {{output}} kind?',
        outputDefinition: { dataType: 'BOOLEAN' },
      },
    });
    expect(made.isError, made.text).toBe(false);
    expect((await call(reader, 'listEvaluators')).text).toContain('from an agent');
    const scored = await call(byAddress, 'createScore', {
      name: 'kind',
      value: 1,
      traceId: recorded.otel.traceId,
    });
    expect(scored.isError, scored.text).toBe(false);
  });

  it('sees its own project alone', async () => {
    const stranger = await connect(theirs.basic);
    const { text } = await call(stranger, 'listTraces');
    expect(JSON.parse(text)).toMatchObject({ data: [] });
    expect((await call(stranger, 'getTrace', { traceId: recorded.otel.traceId })).isError).toBe(true);
  });

  it.each([
    ['nobody', '', 401],
    ['an unknown key', 'Basic cGs6c2s=', 401],
    ['the public key alone', 'bearer', 403],
  ])('is refused as %s', async (_, authorization, status) => {
    const header = authorization === 'bearer' ? mine.bearer : authorization;
    await expect(connect(header)).rejects.toThrow();
    const response = await api.request('/api/public/mcp', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(header && { authorization: header }) },
      body: '{}',
    });
    expect(response.status).toBe(status);
  });
});

describe('the door', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    api.request('/api/public/mcp', {
      method: 'POST',
      headers: { authorization: mine.basic, 'content-type': 'application/json', ...headers },
      body,
    });
  const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });

  it.each(['application/json', 'text/event-stream', '*/*', 'application/json, text/event-stream'])(
    'answers in JSON to a client that accepts %s',
    async (accept) => {
      const response = await post(list, { accept });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('application/json');
      expect(await response.json()).toMatchObject({
        id: 1,
        result: { tools: expect.any(Array) as unknown[] },
      });
    },
  );

  it('refuses what it does not speak', async () => {
    expect((await post(list, { accept: 'text/html' })).status).toBe(406);
    for (const body of ['no json', '', '{"a":1}', '[]', `[${Array(21).fill(list).join(',')}]`]) {
      expect((await post(body)).status, body.slice(0, 50)).toBeGreaterThanOrEqual(400);
      expect((await post(body)).status, body.slice(0, 50)).toBeLessThan(500);
    }
  });

  it('has no stream and no session to end', async () => {
    for (const method of ['GET', 'DELETE']) {
      const response = await api.request('/api/public/mcp', {
        method,
        headers: { authorization: mine.basic },
      });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it('is described where clients look for it', async () => {
    const response = await api.request('/.well-known/mcp.json');
    expect(await response.json()).toMatchObject({ transport: { type: 'streamable-http', url: address } });
  });
});

it('answered nothing with an internal error', () => expect(api.internalErrors).toEqual([]));
