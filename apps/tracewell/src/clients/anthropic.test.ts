import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk';
import { AnthropicInstrumentation } from '@arizeai/openinference-instrumentation-anthropic';
import { LangfuseClient } from '@langfuse/client';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { type ModelStandIn, startModelStandIn } from '@tracewell/testkit/model-stand-in';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findObservation, outlineOf, readTrace } from './reading';
import { collectWarnings } from './warnings';

/** Anthropic's client with its own telemetry and with OpenInference's, unmodified, against a started instance. */
const warnings = collectWarnings();
let instance: Instance;
let models: ModelStandIn;
let provider: NodeTracerProvider;
let client: LangfuseClient;

beforeAll(async () => {
  [instance, models] = await Promise.all([startInstance(), startModelStandIn()]);
  provider = new NodeTracerProvider({
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({
          url: `${instance.url}/api/public/otel/v1/traces`,
          headers: { Authorization: instance.authorization },
        }),
      ),
    ],
  });
  provider.register();
  client = new LangfuseClient({
    baseUrl: instance.url,
    publicKey: instance.publicKey,
    secretKey: instance.secretKey,
  });
});
afterEach(() => expect(warnings.take(), 'warnings and errors of the clients').toEqual([]));
afterAll(async () => {
  await provider?.shutdown();
  await models?.dispose();
  await instance?.dispose();
});

const createClient = (openTelemetry: ClientOptions['openTelemetry']) =>
  new Anthropic({ baseURL: models.url, apiKey: 'sk-none', maxRetries: 0, openTelemetry });

async function traceOf(call: () => Promise<unknown>) {
  const traceId = await provider.getTracer('shop').startActiveSpan('request', async (span) => {
    await call();
    span.end();
    return span.spanContext().traceId;
  });
  await provider.forceFlush();
  return readTrace(client, traceId, 2);
}

const messages = [{ role: 'user' as const, content: 'Hello' }];
const request = {
  model: 'claude-3-5-haiku-20241022',
  max_tokens: 50,
  temperature: 0.3,
  system: 'Be kind.',
  messages,
};
const tools: Anthropic.Tool[] = [
  {
    name: 'weather',
    description: 'Weather of a city',
    input_schema: { type: 'object', properties: { city: { type: 'string' } } },
  },
];
const usage = { input: 16, input_cached_tokens: 4, input_cache_creation: 2, output: 10, total: 32 };
// claude-3-5-haiku: $0.80, cached $0.08, into the cache $1, and $4 per million tokens.
const cost = (16 * 0.8 + 4 * 0.08 + 2 + 10 * 4) / 1e6;

// Comes first, as the instrumentation below stays in the client's classes.
describe("telemetry of Anthropic's client itself", () => {
  const name = 'anthropic.messages.create';
  const asked = [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', parts: [{ type: 'text', content: 'Hello' }] },
  ];
  const said = [{ role: 'assistant', parts: [{ type: 'text', content: 'You said: Hello' }] }];
  let anthropic: Anthropic;
  beforeAll(() => {
    anthropic = createClient({ traces: { contentMode: 'content' } });
  });

  it('shows a message with its parameters, usage and cost', async () => {
    const trace = await traceOf(() => anthropic.messages.create(request));
    expect(outlineOf(trace)).toEqual(['request SPAN', `  ${name} GENERATION`]);
    const generation = findObservation(trace, name);
    expect(generation).toMatchObject({
      model: request.model,
      modelParameters: { max_tokens: 50 },
      input: asked,
      output: said,
      usageDetails: usage,
    });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    expect(trace.totalCost).toBeCloseTo(cost, 12);
  });

  it('shows a streamed message with the time of its first piece', async () => {
    const trace = await traceOf(() => anthropic.messages.stream(request).finalMessage());
    const generation = findObservation(trace, name);
    expect(generation).toMatchObject({ input: asked, output: said, usageDetails: usage });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    const first = Date.parse(generation.completionStartTime!);
    expect(first).toBeGreaterThanOrEqual(Date.parse(generation.startTime));
    expect(first).toBeLessThanOrEqual(Date.parse(generation.endTime!) + 1);
  });

  it('shows a call of a tool', async () => {
    const trace = await traceOf(() => anthropic.messages.create({ ...request, tools }));
    expect(findObservation(trace, name)).toMatchObject({
      output: [{ parts: [{ type: 'tool_call', name: 'weather', arguments: { city: 'Paris' } }] }],
    });
  });

  it('shows a refused call as an error', async () => {
    const trace = await traceOf(() =>
      expect(anthropic.messages.create({ ...request, model: 'broken' })).rejects.toThrow('out of order'),
    );
    expect(findObservation(trace, name)).toMatchObject({
      level: 'ERROR',
      statusMessage: 'invalid_request_error',
      model: 'broken',
    });
  });
});

describe("OpenInference for Anthropic's client", () => {
  const name = 'Anthropic Messages';
  let anthropic: Anthropic;
  beforeAll(() => {
    new AnthropicInstrumentation({ tracerProvider: provider }).manuallyInstrument(Anthropic);
    // Else the call is told twice, and costs twice.
    anthropic = createClient(false);
  });

  it('shows a message with its parameters, usage and cost', async () => {
    const trace = await traceOf(() => anthropic.messages.create(request));
    expect(outlineOf(trace)).toEqual(['request SPAN', `  ${name} GENERATION`]);
    const generation = findObservation(trace, name);
    expect(generation).toMatchObject({
      model: request.model,
      modelParameters: { max_tokens: 50, temperature: 0.3 },
      input: { system: 'Be kind.', messages },
      output: { role: 'assistant', content: [{ type: 'text', text: 'You said: Hello' }] },
      usageDetails: usage,
    });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    expect(trace.totalCost).toBeCloseTo(cost, 12);
  });

  it('shows a streamed message', async () => {
    const trace = await traceOf(async () => {
      for await (const _ of await anthropic.messages.create({ ...request, stream: true }));
    });
    const generation = findObservation(trace, name);
    expect(generation).toMatchObject({ output: 'You said: Hello', usageDetails: usage });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
  });

  it('shows a call of a tool', async () => {
    const trace = await traceOf(() => anthropic.messages.create({ ...request, tools }));
    expect(findObservation(trace, name)).toMatchObject({
      input: { tools: [{ name: 'weather' }] },
      output: { content: [{ type: 'tool_use', name: 'weather', input: { city: 'Paris' } }] },
    });
  });

  it('shows a refused call as an error', async () => {
    const trace = await traceOf(() =>
      expect(anthropic.messages.create({ ...request, model: 'broken' })).rejects.toThrow('out of order'),
    );
    expect(findObservation(trace, name)).toMatchObject({
      level: 'ERROR',
      statusMessage: expect.stringContaining('The model `broken` is out of order.'),
      model: 'broken',
    });
  });
});
