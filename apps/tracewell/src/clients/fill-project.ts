import { randomBytes, randomUUID } from 'node:crypto';
import { LangfuseClient } from '@langfuse/client';
import { LangfuseMedia } from '@langfuse/core';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { propagateAttributes, startObservation } from '@langfuse/tracing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Instance, waitFor } from '@tracewell/testkit/instance';
import { Langfuse } from 'langfuse';

/** How much of what recurs is made. */
export interface Amount {
  traces: number;
  items: number;
}

/** A project with something of every noun, written by the published SDKs of two generations, unmodified. */
export async function fillProject(instance: Instance, { traces, items }: Amount): Promise<void> {
  const credentials = { baseUrl: instance.url, publicKey: instance.publicKey, secretKey: instance.secretKey };
  const client = new LangfuseClient(credentials);
  const old = new Langfuse(credentials);
  const provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor(credentials)] });
  provider.register();
  try {
    await fillPrompts(client);
    const configs = await fillScoreConfigs(client);
    await client.api.models.create({
      modelName: 'our own',
      matchPattern: '(?i)^our-own$',
      unit: 'TOKENS',
      inputPrice: 0.001,
      outputPrice: 0.002,
    });
    await fillTraces(client, old, provider, traces, configs);
    await fillDatasets(client, provider, items);
    await client.score.flush();
    await old.flushAsync();
    await fillReviews(client, configs);
    await fillDashboards(client);
    await client.api.scoreConfigs.update(configs.old, { isArchived: true });
  } finally {
    await old.shutdownAsync();
    await provider.shutdown();
  }
}

async function fillPrompts(client: LangfuseClient): Promise<void> {
  // A reference to what comes later in the list, by label and by version.
  await client.prompt.create({ name: 'z/tone', prompt: 'kind', labels: ['production'], tags: ['part'] });
  await client.prompt.create({ name: 'z/tone', prompt: 'kinder' });
  await client.prompt.create({
    name: 'a/support',
    type: 'chat',
    prompt: [
      { role: 'system', content: 'Be @@@langfusePrompt:name=z/tone|label=production@@@' },
      { type: 'placeholder', name: 'history' },
      { role: 'user', content: '{{question}}' },
    ],
    config: { model: 'gpt-4o', temperature: 0.2, nested: { list: [1, 'a', null] } },
    labels: ['production', 'eu'],
    tags: ['support', 'chat'],
    commitMessage: 'First words',
  });
  for (let version = 1; version <= 5; version++) {
    await client.prompt.create({ name: 'gaps', prompt: `version ${version}` });
  }
  await client.prompt.update({ name: 'gaps', version: 3, newLabels: ['staging'] });
  for (const version of [1, 2, 4]) await client.prompt.delete('gaps', { version });
}

async function fillScoreConfigs(
  client: LangfuseClient,
): Promise<{ tone: string; stars: string; old: string }> {
  const create = client.api.scoreConfigs.create.bind(client.api.scoreConfigs);
  const tone = await create({
    name: 'tone',
    dataType: 'CATEGORICAL',
    categories: [
      { label: 'kind', value: 1 },
      { label: 'rude', value: 0 },
    ],
  });
  const stars = await create({
    name: 'stars',
    dataType: 'NUMERIC',
    minValue: 1,
    maxValue: 5,
    description: 'As on the page',
  });
  const old = await create({ name: 'old', dataType: 'BOOLEAN' });
  return { tone: tone.id, stars: stars.id, old: old.id };
}

async function fillTraces(
  client: LangfuseClient,
  old: Langfuse,
  provider: NodeTracerProvider,
  traces: number,
  configs: { tone: string; stars: string; old: string },
): Promise<void> {
  const prompt = await old.getPrompt('z/tone', 1);
  for (let n = 0; n < traces; n++) {
    const trace = old.trace({
      id: randomUUID(),
      timestamp: new Date(Date.now() - n * 7_200_000),
      name: `question ${n % 5}`,
      userId: `user-${n % 3}`,
      sessionId: `session-${n % 4}`,
      tags: ['b', 'a'],
      release: 'r1',
      version: 'v1',
      public: n === 0,
      input: { q: n, text: 'größe "quoted" \\ 😀' },
      output: 'done',
      metadata: { region: 'eu', nested: { list: [n] }, flag: true },
    });
    const startTime = new Date(Date.now() - n * 7_200_000 + 5);
    const span = trace.span({
      name: 'retrieve',
      startTime,
      input: 'plain text',
      level: 'WARNING',
      statusMessage: 'slow',
    });
    const generation = span.generation({
      name: 'chat',
      startTime,
      completionStartTime: new Date(startTime.getTime() + 20),
      model: n % 2 ? 'our-own' : 'gpt-4o',
      modelParameters: { temperature: 0.5, stop: 'x' },
      input: [{ role: 'user', content: 'hi' }],
      prompt,
    });
    generation.update({
      endTime: new Date(startTime.getTime() + 100),
      output: { role: 'assistant', content: `answer ${n}` },
      usageDetails: { input: 10 + n, output: 20, input_cached_tokens: 3 },
    });
    span.update({ endTime: new Date(startTime.getTime() + 120), output: [1, 2, 3] });
    span.event({ name: 'noted', startTime });
    old.score({
      traceId: trace.id,
      name: 'stars',
      value: 1 + (n % 5),
      configId: configs.stars,
      comment: 'ok',
    });
    old.score({
      traceId: trace.id,
      observationId: generation.id,
      name: 'tone',
      value: 'kind',
      configId: configs.tone,
    });
    if (n < 3) {
      old.score({ traceId: trace.id, name: 'old', value: 1, dataType: 'BOOLEAN', configId: configs.old });
      client.score.create({
        sessionId: `session-${n}`,
        name: 'solved',
        value: 0.5,
        metadata: { by: 'team' },
      });
    }
    if (n % 100 === 99) await old.flushAsync();
  }
  await old.flushAsync();

  const sound = new LangfuseMedia({
    source: 'bytes',
    contentBytes: randomBytes(5_000),
    contentType: 'audio/wav',
  });
  await propagateAttributes(
    { userId: 'ada', sessionId: 'session-otel', tags: ['otel'], traceName: 'spoken', version: '7' },
    async () => {
      const root = startObservation('speak', {
        input: { sound, text: 'What is this?' },
        metadata: { a: { b: 1 } },
      });
      const tool = root.startObservation('listen', { input: { n: 1 } }, { asType: 'tool' });
      tool.update({ output: { heard: true } }).end();
      const chat = root.startObservation(
        'answer',
        { model: 'gpt-4o-mini', input: 'Hello?', modelParameters: { maxTokens: 10 } },
        { asType: 'generation' },
      );
      chat
        .update({ output: 'Hi!', usageDetails: { input: 10, output: 3 }, costDetails: { total: 0.25 } })
        .end();
      root.update({ output: 'a sound' }).end();
    },
  );
  await provider.forceFlush();
}

async function fillDatasets(
  client: LangfuseClient,
  provider: NodeTracerProvider,
  items: number,
): Promise<void> {
  const name = 'folder/capitals of the world';
  await client.api.datasets.create({
    name,
    description: 'cities',
    metadata: { by: 'ada' },
    inputSchema: { type: 'object', required: ['country'] },
  });
  await client.api.datasets.create({ name: 'empty' });
  for (let n = 0; n < items; n++) {
    await client.dataset.createItem({
      datasetName: name,
      input: { country: `country ${n}` },
      expectedOutput: { capital: n },
      metadata: { easy: n === 0 },
    });
  }
  const dataset = await client.dataset.get(name);
  await dataset.runExperiment({
    name: 'guess',
    runName: 'guess/1',
    description: 'always Paris',
    metadata: { model: 'none' },
    maxConcurrency: 2,
    task: async () => ({ capital: 'Paris' }),
    evaluators: [async () => ({ name: 'exact', value: 0, dataType: 'NUMERIC' })],
    runEvaluators: [async () => ({ name: 'mean', value: 0.5, comment: 'half' })],
  });
  // Archived after a run spoke of it.
  const item = dataset.items[0]!;
  await client.dataset.createItem({ datasetName: name, id: item.id, status: 'ARCHIVED' });
  await provider.forceFlush();
}

async function fillReviews(client: LangfuseClient, configs: { tone: string; stars: string }): Promise<void> {
  const [trace] = await waitFor('a trace', async () => {
    const { data } = await client.api.trace.list({ limit: 1, orderBy: 'timestamp.asc', name: 'question 0' });
    return data.length === 1 && data;
  });
  const queue = await client.api.annotationQueues.createQueue({
    name: 'look',
    description: 'what is odd',
    scoreConfigIds: [configs.tone, configs.stars],
  });
  for (const [objectType, objectId] of [
    ['TRACE', trace!.id],
    ['SESSION', 'session-1'],
  ] as const) {
    await client.api.annotationQueues.createQueueItem(queue.id, { objectId, objectType });
  }
  const done = await client.api.annotationQueues.createQueueItem(queue.id, {
    objectId: trace!.observations![0]!,
    objectType: 'OBSERVATION',
  });
  await client.api.annotationQueues.updateQueueItem(queue.id, done.id, { status: 'COMPLETED' });

  const prompt = (await client.api.prompts.get('gaps', { version: 3 })) as unknown as { id: string };
  for (const [objectType, objectId, content] of [
    ['TRACE', trace!.id, 'seen'],
    ['TRACE', trace!.id, 'seen'],
    ['SESSION', 'session-1', 'long'],
    ['PROMPT', prompt.id, 'why three?'],
  ] as const) {
    await client.api.comments.create({ projectId: 'any', objectType, objectId, content });
  }
  await client.api.llmConnections.upsert({
    provider: 'our openai',
    adapter: 'openai',
    secretKey: 'sk-secret-of-a-provider-9876',
    customModels: ['ft:gpt-4o:ours'],
  });
}

async function fillDashboards({ api }: LangfuseClient): Promise<void> {
  const widget = await api.unstable.dashboardWidgets.create({
    name: 'Cost by model',
    description: 'dollars',
    view: 'observations',
    dimensions: [{ field: 'providedModelName' }],
    metrics: [{ measure: 'totalCost', agg: 'sum' }],
    filters: [],
    chartType: 'VERTICAL_BAR',
  } as never);
  await api.unstable.dashboards.create({
    name: 'Money',
    description: 'where it goes',
    definition: {
      widgets: [{ type: 'widget', id: 'tile-1', widgetId: widget.id, x: 0, y: 0, width: 6, height: 4 }],
    },
  } as never);
}
