import { LangfuseClient } from '@langfuse/client';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { Langfuse } from 'langfuse';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** What people set up for scores and prices, through the published SDKs, unmodified, against a started instance. */
let instance: Instance;
let client: LangfuseClient;
let langfuse: Langfuse;
const errors: unknown[] = [];

beforeAll(async () => {
  instance = await startInstance();
  const credentials = { baseUrl: instance.url, publicKey: instance.publicKey, secretKey: instance.secretKey };
  client = new LangfuseClient(credentials);
  langfuse = new Langfuse(credentials);
  langfuse.on('error', (error) => errors.push(error));
});
afterAll(async () => {
  await langfuse?.shutdownAsync();
  await instance?.dispose();
});

describe('score configs', () => {
  it('tell scores their name and number, and the client of a score that breaks them', async () => {
    const tone = await client.api.scoreConfigs.create({
      name: 'tone',
      dataType: 'CATEGORICAL',
      categories: [
        { label: 'kind', value: 3 },
        { label: 'rude', value: -3 },
      ],
    });
    const trace = langfuse.trace({ name: 'judged' });
    langfuse.score({ id: 'kept', traceId: trace.id, name: 'any', value: 'rude', configId: tone.id });
    await langfuse.flushAsync();
    expect(errors).toEqual([]);
    const score = await waitFor('the score', () => client.api.scores.getById('kept').catch(() => null));
    expect(score).toMatchObject({ name: 'tone', value: -3, stringValue: 'rude', configId: tone.id });

    // This SDK tells its user on the console.
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    langfuse.score({ id: 'refused', traceId: trace.id, name: 'any', value: 'odd', configId: tone.id });
    await langfuse.flushAsync();
    expect(told.mock.calls.flat().map(String).join(' ')).toContain('must be a category');
    told.mockRestore();

    const queue = await client.api.annotationQueues.createQueue({ name: 'look', scoreConfigIds: [tone.id] });
    const item = await client.api.annotationQueues.createQueueItem(queue.id, {
      objectId: trace.id,
      objectType: 'TRACE',
    });
    await client.api.annotationQueues.updateQueueItem(queue.id, item.id, { status: 'COMPLETED' });
    const done = await client.api.annotationQueues.listQueueItems(queue.id, { status: 'COMPLETED' });
    expect(done.data.map(({ objectId }) => objectId)).toEqual([trace.id]);

    const { id } = await client.api.comments.create({
      projectId: 'of the key',
      objectType: 'TRACE',
      objectId: trace.id,
      content: 'seen',
    });
    expect(await client.api.comments.getById(id)).toMatchObject({ content: 'seen', objectId: trace.id });
  });
});

describe('models', () => {
  it('price what comes in a few seconds after they were defined', async () => {
    const model = await client.api.models.create({
      modelName: 'our own',
      matchPattern: '^gpt-4o-mini$',
      unit: 'TOKENS',
      inputPrice: 1,
      outputPrice: 2,
    });
    expect((await client.api.models.get(model.id)).prices).toEqual({
      input: { price: 1 },
      output: { price: 2 },
    });
    // The worker may not have heard of it when the first one comes.
    const cost = await waitFor('the price of the project', async () => {
      const trace = langfuse.trace({ name: 'priced' });
      const { id } = trace.generation({
        name: 'chat',
        model: 'gpt-4o-mini',
        usageDetails: { input: 10, output: 5 },
      });
      await langfuse.flushAsync();
      const read = await waitFor('the generation', () =>
        client.api.legacy.observationsV1.get(id).catch(() => null),
      );
      return read.modelId === model.id ? read.calculatedTotalCost : null;
    });
    expect(cost).toBe(20);
    expect(errors).toEqual([]);
  });
});
