import { createOpenAI, type OpenAIProvider } from '@ai-sdk/openai';
import { LegacyOpenTelemetry, OpenTelemetry } from '@ai-sdk/otel';
import { LangfuseClient } from '@langfuse/client';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { propagateAttributes } from '@langfuse/tracing';
import { LangfuseVercelAiSdkIntegration } from '@langfuse/vercel-ai-sdk';
import { context, trace as otelTrace, propagation, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { type ModelStandIn, startModelStandIn } from '@tracewell/testkit/model-stand-in';
import { embed, embedMany, generateText, isStepCount, Output, streamText, type Telemetry, tool } from 'ai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findObservation, outlineOf, readTrace } from './reading';
import { collectWarnings } from './warnings';

/** Telemetry of Vercel's AI SDK 7, unmodified, against a started instance. */
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

// gpt-4o-mini: $0.15, cached $0.075, and $0.60 per million tokens.
const cost = (16 * 0.15 + 4 * 0.075 + 10 * 0.6) / 1e6;

const langfuseProcessor = () =>
  new LangfuseSpanProcessor({
    baseUrl: instance.url,
    publicKey: instance.publicKey,
    secretKey: instance.secretKey,
  });
const plainProcessor = () =>
  new BatchSpanProcessor(
    new OTLPTraceExporter({
      url: `${instance.url}/api/public/otel/v1/traces`,
      headers: { Authorization: instance.authorization },
    }),
  );
const routes: Record<string, { processor(): SpanProcessor; integration(tracer: Tracer): Telemetry }> = {
  langfuse: {
    processor: langfuseProcessor,
    integration: (tracer) => new LangfuseVercelAiSdkIntegration({ tracer }),
  },
  plain: {
    processor: plainProcessor,
    integration: (tracer) =>
      new OpenTelemetry({
        tracer,
        usage: true,
        providerMetadata: true,
        embedding: true,
        runtimeContext: true,
        enrichSpan: () => ({ 'user.id': 'ada', 'session.id': 's-plain', 'langfuse.trace.tags': ['a', 'b'] }),
      }),
  },
};

describe.each(Object.entries(routes))('AI SDK 7 through %s', (name, { processor, integration }) => {
  // Langfuse's integration leaves the reasoning out, which is in the output then.
  const usage = {
    input: 16,
    input_cached_tokens: 4,
    ...(name === 'plain' ? { output: 7, output_reasoning_tokens: 3 } : { output: 10 }),
    total: 30,
  };
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
    provider = new NodeTracerProvider({ spanProcessors: [processor(), watch] });
    provider.register();
  });
  afterAll(async () => {
    await provider?.shutdown();
    for (const api of [otelTrace, context, propagation]) api.disable();
  });

  const telemetry = () => ({
    functionId: 'support',
    includeRuntimeContext: { shop: true, langfusePrompt: true },
    integrations: [integration(provider.getTracer('gen_ai'))],
  });
  async function traceOf(call: () => PromiseLike<unknown>, count: number) {
    await propagateAttributes(
      { userId: 'ada', sessionId: `s-${name}`, tags: ['a', 'b'], metadata: { shop: '7' } },
      call,
    );
    await provider.forceFlush();
    return readTrace(client, traceId, count);
  }
  const said = (text: string) => [
    { role: 'assistant', parts: [{ type: 'text', content: text }], finish_reason: 'stop' },
  ];
  const asked = (text: string) => ({ role: 'user', parts: [{ type: 'text', content: text }] });

  it('shows a text with its user, session, tags, metadata, parameters, usage and cost', async () => {
    const prompt = await client.prompt.create({ name: `asking by ${name}`, prompt: 'Hello' });
    const trace = await traceOf(
      () =>
        generateText({
          model: openai('gpt-4o-mini'),
          instructions: 'Be kind.',
          prompt: 'Hello',
          temperature: 0.3,
          maxOutputTokens: 50,
          runtimeContext: { shop: 7, langfusePrompt: { name: prompt.name, version: prompt.version } },
          telemetry: telemetry(),
        }),
      3,
    );
    expect(outlineOf(trace)).toEqual([
      'invoke_agent gpt-4o-mini AGENT',
      '  step 1 SPAN',
      '    chat gpt-4o-mini GENERATION',
    ]);
    expect(trace).toMatchObject({
      name: 'invoke_agent gpt-4o-mini',
      userId: 'ada',
      sessionId: `s-${name}`,
      tags: ['a', 'b'],
      output: said('You said: Hello'),
    });
    expect(findObservation(trace, 'step 1').metadata).toMatchObject({ shop: '7' });
    const generation = findObservation(trace, 'chat gpt-4o-mini');
    expect(generation).toMatchObject({
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.3, max_tokens: 50 },
      input: [{ role: 'system', content: 'Be kind.' }, asked('Hello')],
      output: said('You said: Hello'),
      usageDetails: usage,
      level: 'DEFAULT',
    });
    // Langfuse's own integration links the prompt.
    const link = name === 'plain' ? [null, null] : [`asking by ${name}`, 1];
    expect([generation.promptName, generation.promptVersion]).toEqual(link);
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    expect(trace.totalCost, 'what a call and the whole used counts once').toBeCloseTo(cost, 12);
  });

  it('shows a streamed text with the time of its first piece', async () => {
    const trace = await traceOf(
      () =>
        streamText({
          model: openai.chat('gpt-4o-mini'),
          prompt: 'Tell me more',
          telemetry: telemetry(),
        }).consumeStream(),
      3,
    );
    const generation = findObservation(trace, 'chat gpt-4o-mini');
    expect(generation).toMatchObject({ output: said('You said: Tell me more'), usageDetails: usage });
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
      () =>
        generateText({
          model: openai('gpt-4o-mini'),
          prompt: 'Weather?',
          tools: { weather },
          stopWhen: isStepCount(3),
          telemetry: telemetry(),
        }),
      6,
    );
    expect(outlineOf(trace)).toEqual([
      'invoke_agent gpt-4o-mini AGENT',
      '  step 1 SPAN',
      '    chat gpt-4o-mini GENERATION',
      '    weather TOOL',
      '  step 2 SPAN',
      '    chat gpt-4o-mini GENERATION',
    ]);
    const call = { type: 'tool_call', name: 'weather', arguments: { city: 'Paris' } };
    const result = { type: 'tool_call_response', response: '20 degrees in Paris' };
    expect(findObservation(trace, 'chat gpt-4o-mini', 0)).toMatchObject({
      input: {
        messages: [asked('Weather?')],
        tools: [{ name: 'weather', description: 'Weather of a city' }],
      },
      output: [{ role: 'assistant', parts: [call] }],
      usageDetails: usage,
    });
    expect(findObservation(trace, 'weather')).toMatchObject({
      input: { city: 'Paris' },
      output: '20 degrees in Paris',
    });
    expect(findObservation(trace, 'chat gpt-4o-mini', 1)).toMatchObject({
      input: { messages: [asked('Weather?'), { parts: [call] }, { role: 'tool', parts: [result] }] },
      output: said('You said: Weather?'),
      usageDetails: usage,
    });
    expect(trace.totalCost).toBeCloseTo(2 * cost, 12);
  });

  it('shows an object', async () => {
    const trace = await traceOf(
      () =>
        generateText({
          model: openai('gpt-4o-mini'),
          prompt: 'Where?',
          output: Output.object({ schema: z.object({ city: z.string(), days: z.number() }) }),
          telemetry: telemetry(),
        }),
      3,
    );
    expect(findObservation(trace, 'chat gpt-4o-mini')).toMatchObject({
      output: said('{"city":"Paris","days":1}'),
      usageDetails: usage,
    });
    expect(trace.output).toEqual(said('{"city":"Paris","days":1}'));
  });

  it('shows embeddings of a value and of many', async () => {
    const model = openai.embedding('text-embedding-3-small');
    const one = await traceOf(() => embed({ model, value: 'one', telemetry: telemetry() }), 2);
    const many = await traceOf(() => embedMany({ model, values: ['one', 'two'], telemetry: telemetry() }), 2);
    const vector = expect.arrayContaining([expect.any(Number)]);
    for (const [trace, input, output] of [
      [one, 'one', vector],
      [many, ['one', 'two'], [vector, vector]],
    ] as const) {
      const line = 'embeddings text-embedding-3-small EMBEDDING';
      expect(outlineOf(trace)).toEqual([line, `  ${line}`]);
      const embedding = trace.observations.find(({ parentObservationId: parent }) => parent)!;
      expect(embedding).toMatchObject({
        model: 'text-embedding-3-small',
        usageDetails: { input: 20, total: 20 },
      });
      // $0.02 per million tokens.
      expect(embedding.calculatedTotalCost).toBeCloseTo((20 * 0.02) / 1e6, 12);
      expect(trace.totalCost).toBeCloseTo((20 * 0.02) / 1e6, 12);
      // Values and vectors are told only to who asks for them.
      if (name === 'plain') expect(trace).toMatchObject({ input, output });
    }
  });

  it('shows a refused call as an error', async () => {
    const trace = await traceOf(
      () =>
        expect(
          generateText({ model: openai('broken'), prompt: 'Hi', telemetry: telemetry() }),
        ).rejects.toThrow('out of order'),
      3,
    );
    for (const { level, statusMessage } of trace.observations) {
      expect([level, statusMessage]).toEqual(['ERROR', 'The model `broken` is out of order.']);
    }
  });
});

describe('AI SDK 7 in the form of the versions before', () => {
  it('shows a text', async () => {
    const provider = new NodeTracerProvider({ spanProcessors: [plainProcessor()] });
    const tracer = provider.getTracer('ai');
    let traceId = '';
    const integration = new LegacyOpenTelemetry({
      tracer: Object.assign(Object.create(tracer) as Tracer, {
        startSpan: (...args: Parameters<Tracer['startSpan']>) => {
          const span = tracer.startSpan(...args);
          traceId = span.spanContext().traceId;
          return span;
        },
      }),
    });
    await generateText({
      model: openai('gpt-4o-mini'),
      prompt: 'Hello',
      telemetry: { functionId: 'support', integrations: [integration] },
    });
    await provider.shutdown();
    const trace = await readTrace(client, traceId, 2);
    expect(outlineOf(trace)).toEqual([
      'support:ai.generateText SPAN',
      '  support:ai.generateText.doGenerate GENERATION',
    ]);
    expect(findObservation(trace, 'support:ai.generateText.doGenerate')).toMatchObject({
      output: 'You said: Hello',
      usageDetails: { input: 16, input_cached_tokens: 4, output: 7, output_reasoning_tokens: 3, total: 30 },
    });
    expect(trace.totalCost).toBeCloseTo(cost, 12);
  });
});
