import { LangfuseClient } from '@langfuse/client';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { context, trace as otelTrace, propagation } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { type ModelStandIn, startModelStandIn } from '@tracewell/testkit/model-stand-in';
import { createOpenAI, type OpenAIProvider } from 'ai-sdk-openai-v3';
import { embed, embedMany, generateObject, generateText, stepCountIs, streamText, tool } from 'ai-v6';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findObservation, outlineOf, readTrace } from './reading';
import { collectWarnings } from './warnings';

/** Telemetry of Vercel's AI SDK 6, unmodified, against a started instance. */
const warnings = collectWarnings();
let instance: Instance;
let models: ModelStandIn;
let client: LangfuseClient;
let openai: OpenAIProvider;

beforeAll(async () => {
  [instance, models] = await Promise.all([startInstance(), startModelStandIn()]);
  client = new LangfuseClient({
    baseUrl: instance.url,
    publicKey: instance.publicKey,
    secretKey: instance.secretKey,
  });
  openai = createOpenAI({ baseURL: models.openAiBaseUrl, apiKey: 'sk-none' });
});
afterEach(() => expect(warnings.take(), 'warnings and errors of the clients').toEqual([]));
afterAll(async () => {
  await models?.dispose();
  await instance?.dispose();
});

const usage = { input: 16, input_cached_tokens: 4, output: 7, output_reasoning_tokens: 3, total: 30 };
// gpt-4o-mini: $0.15, cached $0.075, and $0.60 per million tokens.
const cost = (16 * 0.15 + 4 * 0.075 + 10 * 0.6) / 1e6;

const routes: Record<string, () => SpanProcessor> = {
  LangfuseSpanProcessor: () =>
    new LangfuseSpanProcessor({
      baseUrl: instance.url,
      publicKey: instance.publicKey,
      secretKey: instance.secretKey,
    }),
  'a plain exporter': () =>
    new BatchSpanProcessor(
      new OTLPTraceExporter({
        url: `${instance.url}/api/public/otel/v1/traces`,
        headers: { Authorization: instance.authorization },
      }),
    ),
};

describe.each(Object.entries(routes))('AI SDK 6 through %s', (name, createProcessor) => {
  let provider: NodeTracerProvider;
  let traceId: string;
  beforeAll(() => {
    const watch: SpanProcessor = {
      onStart: (span) => {
        traceId = span.spanContext().traceId;
      },
      onEnd() {},
      forceFlush: async () => {},
      shutdown: async () => {},
    };
    provider = new NodeTracerProvider({ spanProcessors: [createProcessor(), watch] });
    provider.register();
  });
  afterAll(async () => {
    await provider?.shutdown();
    for (const api of [otelTrace, context, propagation]) api.disable();
  });

  const telemetry = (metadata = {}) => ({
    isEnabled: true,
    functionId: 'support',
    metadata: { userId: 'ada', sessionId: `s-${name}`, tags: ['a', 'b'], shop: 7, ...metadata },
    tracer: provider.getTracer('ai'),
  });
  async function traceOf(call: PromiseLike<unknown>, count: number) {
    await call;
    await provider.forceFlush();
    return readTrace(client, traceId, count);
  }

  it('shows a text with its user, session, tags, metadata, prompt, parameters, usage and cost', async () => {
    const prompt = await client.prompt.create({ name: `asking by ${name}`, prompt: 'Hello' });
    const trace = await traceOf(
      generateText({
        model: openai('gpt-4o-mini'),
        system: 'Be kind.',
        prompt: 'Hello',
        temperature: 0.3,
        maxOutputTokens: 50,
        experimental_telemetry: telemetry({ langfusePrompt: prompt.toJSON() }),
      }),
      2,
    );
    expect(outlineOf(trace)).toEqual([
      'support:ai.generateText SPAN',
      '  support:ai.generateText.doGenerate GENERATION',
    ]);
    expect(trace).toMatchObject({
      name: 'support:ai.generateText',
      userId: 'ada',
      sessionId: `s-${name}`,
      tags: ['a', 'b'],
      metadata: { shop: '7' },
      input: { system: 'Be kind.', prompt: 'Hello' },
      output: 'You said: Hello',
    });
    const generation = findObservation(trace, 'support:ai.generateText.doGenerate');
    expect(generation).toMatchObject({
      model: 'gpt-4o-mini',
      modelParameters: { temperature: '0.3', maxTokens: '50' },
      input: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
      ],
      output: 'You said: Hello',
      metadata: { shop: '7' },
      promptName: `asking by ${name}`,
      promptVersion: 1,
      usageDetails: usage,
      level: 'DEFAULT',
    });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    expect(trace.totalCost, 'what a call and the whole used counts once').toBeCloseTo(cost, 12);
  });

  it('shows a streamed text with the time of its first piece', async () => {
    const trace = await traceOf(
      streamText({
        model: openai.chat('gpt-4o-mini'),
        prompt: 'Tell me more',
        experimental_telemetry: telemetry(),
      }).consumeStream(),
      2,
    );
    const generation = findObservation(trace, 'support:ai.streamText.doStream');
    expect(generation).toMatchObject({ output: 'You said: Tell me more', usageDetails: usage });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    const first = Date.parse(generation.completionStartTime!);
    expect(first).toBeGreaterThanOrEqual(Date.parse(generation.startTime));
    expect(first).toBeLessThanOrEqual(Date.parse(generation.endTime!) + 1);
  });

  it('shows the steps of a loop and the tool that they call', async () => {
    const weather = tool({
      description: 'Weather of a city',
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => `20 degrees in ${city}`,
    });
    const trace = await traceOf(
      generateText({
        model: openai('gpt-4o-mini'),
        prompt: 'Weather?',
        tools: { weather },
        stopWhen: stepCountIs(3),
        experimental_telemetry: telemetry(),
      }),
      4,
    );
    expect(outlineOf(trace)).toEqual([
      'support:ai.generateText SPAN',
      '  support:ai.generateText.doGenerate GENERATION',
      '  support:ai.generateText.doGenerate GENERATION',
      '  weather TOOL',
    ]);
    expect(findObservation(trace, 'support:ai.generateText.doGenerate', 0)).toMatchObject({
      input: { tools: [{ name: 'weather', description: 'Weather of a city' }] },
      output: [{ toolName: 'weather', input: '{"city":"Paris"}' }],
      usageDetails: usage,
    });
    expect(findObservation(trace, 'weather')).toMatchObject({
      input: { city: 'Paris' },
      output: '20 degrees in Paris',
    });
    expect(findObservation(trace, 'support:ai.generateText.doGenerate', 1)).toMatchObject({
      output: 'You said: Weather?',
      usageDetails: usage,
    });
    expect(trace).toMatchObject({ input: { prompt: 'Weather?' }, output: 'You said: Weather?' });
    expect(trace.totalCost).toBeCloseTo(2 * cost, 12);
  });

  it('shows an object', async () => {
    const trace = await traceOf(
      generateObject({
        model: openai('gpt-4o-mini'),
        prompt: 'Where?',
        schema: z.object({ city: z.string(), days: z.number() }),
        experimental_telemetry: telemetry(),
      }),
      2,
    );
    const generation = findObservation(trace, 'support:ai.generateObject.doGenerate');
    // Of an object the SDK tells no details of the usage.
    expect(generation).toMatchObject({
      type: 'GENERATION',
      output: { city: 'Paris', days: 1 },
      usageDetails: { input: 20, output: 10, total: 30 },
    });
    expect(generation.calculatedTotalCost).toBeCloseTo((20 * 0.15 + 10 * 0.6) / 1e6, 12);
    expect(trace.output).toEqual({ city: 'Paris', days: 1 });
  });

  it('shows embeddings of a value and of many', async () => {
    const model = openai.embedding('text-embedding-3-small');
    const one = await traceOf(embed({ model, value: 'one', experimental_telemetry: telemetry() }), 2);
    const many = await traceOf(
      embedMany({ model, values: ['one', 'two'], experimental_telemetry: telemetry() }),
      2,
    );
    const vector = expect.arrayContaining([expect.any(Number)]);
    expect(findObservation(one, 'support:ai.embed.doEmbed')).toMatchObject({
      input: ['one'],
      output: [vector],
    });
    const embedding = findObservation(many, 'support:ai.embedMany.doEmbed');
    expect(embedding).toMatchObject({
      type: 'EMBEDDING',
      model: 'text-embedding-3-small',
      input: ['one', 'two'],
      output: [vector, vector],
      usageDetails: { input: 20, total: 20 },
    });
    // $0.02 per million tokens.
    expect(embedding.calculatedTotalCost).toBeCloseTo((20 * 0.02) / 1e6, 12);
    expect(many.totalCost).toBeCloseTo((20 * 0.02) / 1e6, 12);
  });

  it('shows a refused call as an error', async () => {
    const trace = await traceOf(
      expect(
        generateText({ model: openai('broken'), prompt: 'Hi', experimental_telemetry: telemetry() }),
      ).rejects.toThrow('out of order'),
      2,
    );
    for (const { level, statusMessage } of trace.observations) {
      expect([level, statusMessage]).toEqual(['ERROR', 'The model `broken` is out of order.']);
    }
  });
});
