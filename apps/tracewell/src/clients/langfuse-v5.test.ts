import { LangfuseClient } from '@langfuse/client';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { propagateAttributes, startActiveObservation, startObservation } from '@langfuse/tracing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The published JavaScript SDK of today, unmodified, against a started instance. */
let instance: Instance;
let provider: NodeTracerProvider;
let client: LangfuseClient;

beforeAll(async () => {
  instance = await startInstance();
  const credentials = { baseUrl: instance.url, publicKey: instance.publicKey, secretKey: instance.secretKey };
  provider = new NodeTracerProvider({
    spanProcessors: [new LangfuseSpanProcessor({ ...credentials, environment: 'test', release: 'r1' })],
  });
  provider.register();
  client = new LangfuseClient(credentials);
});
afterAll(async () => {
  await provider?.shutdown();
  await instance?.dispose();
});

describe('langfuse JS v5', () => {
  it('shows a traced agent with its generation priced, and a score', async () => {
    let traceId = '';
    await propagateAttributes({ userId: 'ada', sessionId: 's-1', tags: ['blue'], traceName: 'answer' }, () =>
      startActiveObservation(
        'agent',
        async (agent) => {
          traceId = agent.traceId;
          agent.update({ input: { question: 'How many?' } });
          const generation = startObservation(
            'chat',
            {
              model: 'gpt-4o-mini',
              input: [{ role: 'user', content: 'How many?' }],
              modelParameters: { temperature: 0.2 },
            },
            { asType: 'generation' },
          );
          generation.update({
            output: { role: 'assistant', content: '42' },
            usageDetails: { input: 1_000, output: 500 },
          });
          generation.end();
          agent.update({ output: 'forty-two' });
        },
        { asType: 'agent' },
      ),
    );
    await provider.forceFlush();
    client.score.create({ traceId, name: 'helpful', value: 0.9, dataType: 'NUMERIC', comment: 'good' });
    await client.score.flush();

    const trace = await waitFor('the trace and its score', async () => {
      const found = await client.api.trace.get(traceId).catch(() => null);
      return found && found.observations.length === 2 && found.scores.length === 1 ? found : null;
    });
    expect(trace).toMatchObject({
      id: traceId,
      name: 'answer',
      userId: 'ada',
      sessionId: 's-1',
      tags: ['blue'],
      environment: 'test',
      release: 'r1',
      input: { question: 'How many?' },
      output: 'forty-two',
    });
    const generation = trace.observations.find(({ type }) => type === 'GENERATION')!;
    expect(generation).toMatchObject({
      name: 'chat',
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.2 },
      input: [{ role: 'user', content: 'How many?' }],
      output: { role: 'assistant', content: '42' },
      usageDetails: { input: 1_000, output: 500, total: 1_500 },
    });
    // gpt-4o-mini: $0.15 and $0.60 per million tokens.
    expect(generation.calculatedTotalCost).toBeCloseTo(0.00045, 10);
    expect(trace.totalCost).toBeCloseTo(0.00045, 10);
    expect(trace.observations.find(({ type }) => type === 'AGENT')!.id).toBe(generation.parentObservationId);
    expect(trace.scores[0]).toMatchObject({
      name: 'helpful',
      value: 0.9,
      dataType: 'NUMERIC',
      comment: 'good',
    });
  });

  it('answers the reads of the client', async () => {
    const projects = await client.api.projects.get();
    expect(projects.data).toHaveLength(1);
    const list = await client.api.trace.list({ limit: 10, userId: 'ada' });
    expect(list.data).toHaveLength(1);
    expect(list.meta).toMatchObject({ page: 1, limit: 10, totalItems: 1, totalPages: 1 });
    const observations = await client.api.observations.getMany({
      traceId: list.data[0]!.id,
      fields: 'core,basic,io',
    });
    expect(observations.data).toHaveLength(2);
    const session = await client.api.sessions.get('s-1');
    expect(session.traces.map(({ id }) => id)).toEqual([list.data[0]!.id]);
  });

  it('says that a trace does not exist', async () => {
    await expect(client.api.trace.get('0'.repeat(32))).rejects.toMatchObject({ statusCode: 404 });
  });
});
