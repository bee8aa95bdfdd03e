import { LangfuseClient } from '@langfuse/client';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { startObservation } from '@langfuse/tracing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { Langfuse } from 'langfuse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Prompts through the published JavaScript SDKs of both generations, unmodified, against a started instance. */
let instance: Instance;
let client: LangfuseClient;
let older: Langfuse;
let provider: NodeTracerProvider;
const errors: unknown[] = [];

beforeAll(async () => {
  instance = await startInstance();
  const credentials = { baseUrl: instance.url, publicKey: instance.publicKey, secretKey: instance.secretKey };
  client = new LangfuseClient(credentials);
  older = new Langfuse(credentials);
  older.on('error', (error) => errors.push(error));
  provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor(credentials)] });
  provider.register();
});
afterAll(async () => {
  await provider?.shutdown();
  await older?.shutdownAsync();
  await instance?.dispose();
});

const uncached = { cacheTtlSeconds: 0 };

describe('langfuse JS v5', () => {
  it('creates, fetches, compiles, relabels and deletes a text prompt in a folder', async () => {
    const name = 'support/greeting text';
    const created = await client.prompt.create({
      name,
      prompt: 'Hello {{name}}',
      labels: ['production'],
      tags: ['support'],
      config: { temperature: 0.2 },
      commitMessage: 'first words',
    });
    expect(created).toMatchObject({
      version: 1,
      labels: ['production', 'latest'],
      tags: ['support'],
      config: { temperature: 0.2 },
      commitMessage: 'first words',
    });
    await client.prompt.create({ name, prompt: 'Hi {{name}}' });
    const fetched = await client.prompt.get(name, uncached);
    expect(fetched.compile({ name: 'Ada' })).toBe('Hello Ada');

    await client.prompt.update({ name, version: 2, newLabels: ['production', 'eu'] });
    expect((await client.prompt.get(name, uncached)).version).toBe(2);
    expect((await client.prompt.get(name, { ...uncached, label: 'eu' })).prompt).toBe('Hi {{name}}');
    expect((await client.prompt.get(name, { ...uncached, version: 1 })).labels).toEqual([]);

    await client.prompt.delete(name, { version: 1 });
    await client.prompt.delete(name);
    await expect(client.prompt.get(name, { ...uncached, maxRetries: 0 })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it('puts a chat together from placeholders and other prompts', async () => {
    await client.prompt.create({ name: 'parts/tone', prompt: 'kind', labels: ['production'] });
    await client.prompt.create({
      name: 'support/chat',
      type: 'chat',
      labels: ['production'],
      prompt: [
        { role: 'system', content: 'Be @@@langfusePrompt:name=parts/tone|label=production@@@, {{name}}.' },
        { type: 'placeholder', name: 'history' },
      ],
    });
    const chat = await client.prompt.get('support/chat', { ...uncached, type: 'chat' });
    expect(chat.compile({ name: 'Bob' }, { history: [{ role: 'user', content: 'hi' }] })).toEqual([
      { role: 'system', content: 'Be kind, Bob.' },
      { role: 'user', content: 'hi' },
    ]);
    const raw = await client.api.prompts.get('support/chat', { resolve: false });
    expect(JSON.stringify(raw.prompt)).toContain('@@@langfusePrompt:name=parts/tone');
    expect(raw.resolutionGraph).toBeNull();
    await expect(client.prompt.delete('parts/tone')).rejects.toMatchObject({ statusCode: 400 });
  });

  it('lists', async () => {
    const list = await client.api.prompts.list({ label: 'production', limit: 1 });
    expect(list.meta).toMatchObject({ page: 1, limit: 1, totalItems: 2, totalPages: 2 });
    expect(list.data[0]).toMatchObject({ name: 'parts/tone', type: 'text', versions: [1], lastConfig: {} });
  });

  it('links a generation to the version it was made with', async () => {
    const prompt = await client.prompt.get('parts/tone');
    const generation = startObservation(
      'generate',
      { model: 'gpt-4o-mini', output: 'done', prompt },
      { asType: 'generation' },
    );
    generation.end();
    await provider.forceFlush();
    const stored = await waitFor('the generation', async () => {
      const trace = await client.api.trace.get(generation.traceId).catch(() => null);
      return trace?.observations[0] ?? null;
    });
    const { id } = (await client.api.prompts.get('parts/tone')) as unknown as { id: string };
    expect(stored).toMatchObject({ promptId: id, promptName: 'parts/tone', promptVersion: 1 });
  });
});

describe('langfuse JS v3', () => {
  it('creates, fetches and relabels', async () => {
    const name = 'older/prompt';
    await older.createPrompt({ name, prompt: 'One {{x}}', isActive: true });
    await older.createPrompt({ name, prompt: 'Two {{x}}', labels: ['staging'], tags: ['t'] });
    const first = await older.getPrompt(name, undefined, uncached);
    expect([first.version, first.compile({ x: '1' })]).toEqual([1, 'One 1']);
    await older.updatePrompt({ name, version: 2, newLabels: ['production'] });
    expect(await older.getPrompt(name, undefined, uncached)).toMatchObject({ version: 2, tags: ['t'] });
    const chat = await older.createPrompt({
      name: 'older/chat',
      type: 'chat',
      prompt: [{ role: 'user', content: '{{q}}' }],
      labels: ['production'],
    });
    expect(chat.compile({ q: 'why' })).toEqual([{ role: 'user', content: 'why' }]);
    await expect(older.getPrompt('older/none', undefined, { ...uncached, maxRetries: 0 })).rejects.toThrow(
      "Prompt not found: 'older/none'",
    );
    expect(errors).toEqual([]);
  });
});
