import { LangfuseAPIClient } from '@langfuse/core';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Evaluators, their rules and the MCP server, through published clients against a started instance. */
let instance: Instance;
let client: LangfuseAPIClient;

beforeAll(async () => {
  instance = await startInstance();
  client = new LangfuseAPIClient({
    environment: instance.url,
    username: instance.publicKey,
    password: instance.secretKey,
  });
});
afterAll(() => instance?.dispose());

describe('the JavaScript SDK', () => {
  it('defines an evaluator, revises it and lists its versions', async () => {
    const made = await client.evaluators.create({
      type: 'llm_as_judge',
      name: 'kindness',
      prompt: 'Is {{answer}} kind?',
      variableMapping: [{ variable: 'answer', source: 'output' }],
      outputDefinition: { dataType: 'NUMERIC', minValue: 0, maxValue: 1 },
    });
    expect(made).toMatchObject({
      version: 1,
      status: 'active',
      variables: ['answer'],
      evaluationRuleAssignments: [],
    });
    const revised = await client.evaluators.update(made.id, {
      type: 'llm_as_judge',
      prompt: [
        { role: 'system', content: 'Judge.' },
        { role: 'user', content: '{{answer}}' },
      ],
      outputDefinition: {
        dataType: 'CATEGORICAL',
        categories: ['kind', 'rude'],
        shouldAllowMultipleMatches: false,
      },
    });
    expect(revised).toMatchObject({ id: made.id, name: 'kindness', version: 2, variableMapping: null });
    const versions = await client.evaluators.listVersions(made.id);
    expect(versions.data.map(({ version }) => version)).toEqual([2, 1]);
    expect((await client.evaluators.list({ limit: 10 })).data.map(({ id }) => id)).toEqual([made.id]);
  });

  it('puts it to work by a rule, and takes it away again', async () => {
    const [evaluator] = (await client.evaluators.list()).data;
    const rule = await client.evaluationRules.create({
      name: 'all generations',
      enabled: true,
      sampling: 0.5,
      filter: [{ type: 'stringOptions', column: 'type', operator: 'any of', value: ['GENERATION'] }],
      evaluatorAssignments: [{ evaluatorId: evaluator!.id }],
    });
    expect(await client.evaluationRules.get(rule.id)).toEqual(rule);
    expect((await client.evaluators.get(evaluator!.id)).evaluationRuleAssignments).toEqual([
      { evaluationRuleId: rule.id },
    ]);
    expect(await client.evaluationRules.update(rule.id, { enabled: false })).toMatchObject({
      enabled: false,
    });
    expect((await client.evaluationRules.list()).data).toHaveLength(1);
    expect(await client.evaluationRules.delete(rule.id)).toEqual({ id: rule.id });
    expect(await client.evaluators.delete(evaluator!.id)).toEqual({ id: evaluator!.id });
  });

  it('throws its own errors, with the code in their body', async () => {
    await expect(client.evaluators.get('nobody')).rejects.toMatchObject({
      message: expect.stringContaining('EvaluationNotFoundError') as string,
      statusCode: 404,
      body: { code: 'resource_not_found' },
    });
    await expect(
      client.evaluationRules.create({ name: 'x', enabled: true, evaluatorAssignments: [] }),
    ).rejects.toMatchObject({ statusCode: 400, body: { code: 'invalid_body' } });
    const stranger = new LangfuseAPIClient({ environment: instance.url, username: 'pk', password: 'sk' });
    await expect(stranger.evaluators.list()).rejects.toMatchObject({
      message: expect.stringContaining('EvaluationUnauthorizedError') as string,
      body: { code: 'authentication_failed' },
    });
  });

  it('leaves feedback', async () => {
    const sent = { targetType: 'docs', target: '/docs/mcp', feedback: 'Clear.' } as const;
    expect((await client.feedback.submit(sent)).id).toMatch(/^[\w-]{8,}$/);
  });
});

describe('the MCP client', () => {
  it('finds the tools of a key and reads with them', async () => {
    const mcp = new Client({ name: 'agent', version: '1' });
    const credentials = Buffer.from(`${instance.publicKey}:${instance.secretKey}`).toString('base64');
    await mcp.connect(
      new StreamableHTTPClientTransport(new URL('/api/public/mcp', instance.url), {
        requestInit: { headers: { authorization: `Basic ${credentials}` } },
      }),
    );
    const { tools } = await mcp.listTools();
    expect(tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['listTraces', 'getTrace', 'listEvaluators']),
    );
    const result = await mcp.callTool({ name: 'listEvaluators', arguments: { limit: 5 } });
    expect(result).toMatchObject({
      content: [{ type: 'text', text: expect.stringContaining('"data"') as string }],
    });
    await mcp.close();
  });

  it('reads the description of the server, and people the reference of the API', async () => {
    const description = await instance.fetch('/.well-known/mcp.json');
    expect(await description.json()).toMatchObject({ transport: { url: `${instance.url}/api/public/mcp` } });
    const page = await instance.fetch('/api/reference');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('/api/public/v2/evaluators');
  });
});
