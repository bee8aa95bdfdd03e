import { LangfuseClient } from '@langfuse/client';
import { LangfuseMedia, LangfuseMediaReference } from '@langfuse/core';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { Langfuse } from 'langfuse';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

/** Datasets and experiments through the published JavaScript SDKs, unmodified, against a started instance. */
let instance: Instance;
let provider: NodeTracerProvider;
let client: LangfuseClient;
let old: Langfuse;

beforeAll(async () => {
  instance = await startInstance();
  const credentials = { baseUrl: instance.url, publicKey: instance.publicKey, secretKey: instance.secretKey };
  provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor(credentials)] });
  provider.register();
  client = new LangfuseClient(credentials);
  old = new Langfuse(credentials);
});
afterAll(async () => {
  await old?.shutdownAsync();
  await provider?.shutdown();
  await instance?.dispose();
});

/** What a client says on the console of something that went wrong is a failure. */
const complaints: unknown[][] = [];
beforeEach(() => {
  for (const level of ['warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...said) => void complaints.push(said));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(complaints.splice(0)).toEqual([]);
});

describe('langfuse JS v5', () => {
  it('runs an experiment over a dataset, whose run, scores and items can be read', async () => {
    const name = 'folder/capitals of the world';
    await client.api.datasets.create({
      name,
      description: 'cities',
      metadata: { by: 'ada' },
      inputSchema: { type: 'object', required: ['country'] },
    });
    for (const [country, capital] of [
      ['France', 'Paris'],
      ['Peru', 'Lima'],
    ]) {
      await client.dataset.createItem({
        datasetName: name,
        input: { country },
        expectedOutput: { capital },
        metadata: { easy: country === 'France' },
      });
    }
    await expect(client.dataset.createItem({ datasetName: name, input: 'no object' })).rejects.toMatchObject({
      statusCode: 400,
    });

    const dataset = await client.dataset.get(name);
    expect(dataset).toMatchObject({ name, description: 'cities', metadata: { by: 'ada' } });
    expect(dataset.items.map(({ input }) => input)).toEqual([{ country: 'Peru' }, { country: 'France' }]);

    const result = await dataset.runExperiment({
      name: 'guess',
      runName: 'guess/1',
      description: 'always Paris',
      metadata: { model: 'none' },
      task: async () => ({ capital: 'Paris' }),
      evaluators: [
        async ({ output, expectedOutput }) => ({
          name: 'exact',
          value: Number(JSON.stringify(output) === JSON.stringify(expectedOutput)),
          dataType: 'NUMERIC',
        }),
      ],
      runEvaluators: [async () => ({ name: 'mean', value: 0.5, comment: 'half' })],
    });
    await provider.forceFlush();
    await client.score.flush();
    expect(result.itemResults).toHaveLength(2);
    expect(result.datasetRunUrl).toContain(`/datasets/${dataset.id}/runs/${result.datasetRunId}`);

    const run = await client.api.datasets.getRun(name, 'guess/1');
    expect(run).toMatchObject({
      id: result.datasetRunId,
      name: 'guess/1',
      description: 'always Paris',
      metadata: { model: 'none' },
      datasetId: dataset.id,
      datasetName: name,
    });
    const traceIds = result.itemResults.map(({ traceId }) => traceId).sort();
    expect(run.datasetRunItems.map(({ traceId }) => traceId).sort()).toEqual(traceIds);
    expect((await client.api.datasets.getRuns(name)).data.map(({ id }) => id)).toEqual([run.id]);
    const links = await client.api.datasetRunItems.list({ datasetId: dataset.id, runName: 'guess/1' });
    expect(links.data).toHaveLength(2);

    const fromStartTime = new Date(Date.now() - 600_000).toISOString();
    const experiment = await waitFor('the experiment and its score', async () => {
      const { data } = await client.api.experiments.list({ fromStartTime, fields: 'core,metadata,scores' });
      const [found] = data;
      return found?.itemCount === 2 && found.scores?.length === 1 ? found : null;
    });
    expect(experiment).toMatchObject({
      id: run.id,
      name: 'guess/1',
      description: 'always Paris',
      datasetId: dataset.id,
      metadata: { model: 'none' },
      scores: [{ name: 'mean', value: 0.5, subject: { kind: 'experiment', id: run.id } }],
    });
    const items = await waitFor('the items and their scores', async () => {
      const { data } = await client.api.experiments.listItems({
        fromStartTime,
        experimentId: run.id,
        fields: 'core,dataset,io,itemMetadata,experimentMetadata,scores',
      });
      return data.length === 2 && data.every(({ scores }) => scores?.length === 1) ? data : null;
    });
    const france = items.find(({ input }) => JSON.stringify(input).includes('France'))!;
    expect(france).toMatchObject({
      experimentId: run.id,
      experimentItemId: dataset.items[1]!.id,
      experimentDatasetId: dataset.id,
      environment: 'sdk-experiment',
      experimentItemMetadata: { easy: true },
      experimentMetadata: { model: 'none' },
      scores: [{ name: 'exact', value: 1, dataType: 'NUMERIC' }],
    });
    expect(JSON.parse(france.output as string)).toEqual({ capital: 'Paris' });
    expect(JSON.parse(france.expectedOutput as string)).toEqual({ capital: 'Paris' });
    const trace = await client.api.trace.get(france.traceId);
    expect(trace.scores.map(({ name }) => name)).toEqual(['exact']);

    await client.api.datasets.deleteRun(name, 'guess/1');
    await expect(client.api.datasets.getRun(name, 'guess/1')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('reads a dataset as of a moment, and runs it as it was', async () => {
    await client.api.datasets.create({ name: 'moments' });
    const item = await client.dataset.createItem({ datasetName: 'moments', id: 'moment-1', input: 'old' });
    await client.dataset.createItem({ datasetName: 'moments', id: 'moment-1', input: 'new' });
    const dataset = await client.dataset.get('moments', { version: item.updatedAt });
    expect(dataset.items.map(({ input }) => input)).toEqual(['old']);
    const result = await dataset.runExperiment({ name: 'then', task: async ({ input }) => input });
    expect(result.itemResults.map(({ output }) => output)).toEqual(['old']);
    const run = await client.api.datasets.getRun('moments', result.runName);
    expect(run.metadata).toEqual({ dataset_version: item.updatedAt });
    await client.api.datasetItems.delete('moment-1');
    expect((await client.dataset.get('moments')).items).toEqual([]);
  });

  it('gives back the media of an item', async () => {
    await client.api.datasets.create({ name: 'media' });
    const picture = new LangfuseMedia({
      source: 'bytes',
      contentBytes: Buffer.from('not really a picture'),
      contentType: 'image/png',
    });
    await client.dataset.createItem({ datasetName: 'media', input: { pictures: [picture] } });
    const { items } = await client.dataset.get('media');
    const [reference] = (items[0]!.input as { pictures: LangfuseMediaReference[] }).pictures;
    expect(reference).toBeInstanceOf(LangfuseMediaReference);
    expect(await (await fetch(reference!.url)).text()).toBe('not really a picture');
  });
});

describe('langfuse JS v3', () => {
  it('links its traces to items, and reads the run', async () => {
    await old.createDataset({ name: 'old/dataset', metadata: { generation: 3 } });
    await old.createDatasetItem({ datasetName: 'old/dataset', id: 'old-1', input: 'q', expectedOutput: 'a' });
    const dataset = await old.getDataset('old/dataset');
    expect(dataset.metadata).toEqual({ generation: 3 });
    const [item] = dataset.items;
    const trace = old.trace({ name: 'old run', input: 'q', output: 'a' });
    const linked = (await item!.link(trace, 'old/run', { description: 'by hand', metadata: { n: 1 } })) as {
      id: string;
      datasetRunId: string;
    };
    trace.score({ name: 'fine', value: 1 });
    await old.flushAsync();

    const run = await old.getDatasetRun({ datasetName: 'old/dataset', runName: 'old/run' });
    expect(run).toMatchObject({
      id: linked.datasetRunId,
      description: 'by hand',
      metadata: { n: 1 },
      datasetRunItems: [{ id: linked.id, traceId: trace.traceId, datasetItemId: 'old-1' }],
    });
    expect((await old.getDatasetRuns('old/dataset', {})).data.map(({ name }) => name)).toEqual(['old/run']);
    expect(await old.getDatasetItem('old-1')).toMatchObject({ input: 'q', expectedOutput: 'a' });

    // Newer clients see it as an experiment.
    const items = await waitFor('the trace and its score', async () => {
      const { data } = await client.api.experiments.listItems({
        fromStartTime: new Date(Date.now() - 600_000).toISOString(),
        experimentName: 'old/run',
        fields: 'core,io,scores',
      });
      return data[0]?.output && data[0].scores?.length === 1 ? data : null;
    });
    expect(items).toMatchObject([
      { traceId: trace.traceId, input: 'q', output: 'a', expectedOutput: 'a', scores: [{ name: 'fine' }] },
    ]);
  });
});
