import { LangfuseClient } from '@langfuse/client';
import { observeOpenAI } from '@langfuse/openai';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { startActiveObservation } from '@langfuse/tracing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { type ModelStandIn, startModelStandIn } from '@tracewell/testkit/model-stand-in';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findObservation, outlineOf, readTrace } from './reading';
import { collectWarnings } from './warnings';

/** OpenAI's client under `@langfuse/openai`, unmodified, against a started instance. */
const warnings = collectWarnings();
let instance: Instance;
let models: ModelStandIn;
let provider: NodeTracerProvider;
let client: LangfuseClient;
let openai: OpenAI;

beforeAll(async () => {
  [instance, models] = await Promise.all([startInstance(), startModelStandIn()]);
  const credentials = { baseUrl: instance.url, publicKey: instance.publicKey, secretKey: instance.secretKey };
  provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor(credentials)] });
  provider.register();
  client = new LangfuseClient(credentials);
  openai = new OpenAI({ baseURL: models.openAiBaseUrl, apiKey: 'sk-none', maxRetries: 0 });
});
afterEach(() => expect(warnings.take(), 'warnings and errors of the clients').toEqual([]));
afterAll(async () => {
  await provider?.shutdown();
  await models?.dispose();
  await instance?.dispose();
});

/** Runs the calls below one observation and reads the trace with that one and so many more. */
async function traceOf(calls: () => Promise<unknown>, count: number) {
  const traceId = await startActiveObservation('request', async (span) => {
    await calls();
    return span.traceId;
  });
  await provider.forceFlush();
  return readTrace(client, traceId, count + 1);
}

const usage = { input: 16, input_cached_tokens: 4, output: 7, output_reasoning_tokens: 3, total: 30 };
// gpt-4o-mini: $0.15, cached $0.075, and $0.60 per million tokens.
const cost = (16 * 0.15 + 4 * 0.075 + 10 * 0.6) / 1e6;
const tools = [
  {
    type: 'function' as const,
    function: {
      name: 'weather',
      description: 'Weather of a city',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];

describe('@langfuse/openai', () => {
  it('shows a chat with its user, session, tags, parameters, prompt, usage and cost', async () => {
    const prompt = await client.prompt.create({ name: 'greeting', prompt: 'Hello', labels: ['production'] });
    const observed = observeOpenAI(openai, {
      generationName: 'greet',
      traceName: 'greeting',
      userId: 'ada',
      sessionId: 's-openai',
      tags: ['a', 'b'],
      generationMetadata: { shop: 7 },
      langfusePrompt: { name: prompt.name, version: prompt.version, isFallback: false },
    });
    const messages = [
      { role: 'system' as const, content: 'Be kind.' },
      { role: 'user' as const, content: 'Hello' },
    ];
    const trace = await traceOf(
      () =>
        observed.chat.completions.create({
          model: 'gpt-4o-mini',
          messages,
          temperature: 0.3,
          max_tokens: 50,
        }),
      1,
    );
    expect(outlineOf(trace)).toEqual(['request SPAN', '  greet GENERATION']);
    expect(trace).toMatchObject({ name: 'greeting', userId: 'ada', sessionId: 's-openai', tags: ['a', 'b'] });
    const generation = findObservation(trace, 'greet');
    expect(generation).toMatchObject({
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.3, max_tokens: 50 },
      input: { messages },
      output: { role: 'assistant', content: 'You said: Hello' },
      metadata: { shop: '7' },
      promptName: 'greeting',
      promptVersion: 1,
      usageDetails: usage,
      level: 'DEFAULT',
    });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    expect(trace.totalCost).toBeCloseTo(cost, 12);
    const session = await client.api.sessions.get('s-openai');
    expect(session.traces.map(({ id }) => id)).toEqual([trace.id]);
  });

  it('shows a streamed chat with the time of its first piece', async () => {
    const trace = await traceOf(async () => {
      const stream = await observeOpenAI(openai).chat.completions.create({
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: 'Tell me more' }],
        stream: true,
        stream_options: { include_usage: true },
      });
      let text = '';
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      expect(text).toBe('You said: Tell me more');
    }, 1);
    const generation = trace.observations.find(({ type }) => type === 'GENERATION')!;
    expect(generation).toMatchObject({
      model: 'gpt-4o-mini',
      input: { messages: [{ role: 'user', content: 'Tell me more' }] },
      output: 'You said: Tell me more',
      modelParameters: { stream: 'true' },
      usageDetails: usage,
    });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    const first = Date.parse(generation.completionStartTime!);
    expect(first).toBeGreaterThanOrEqual(Date.parse(generation.startTime));
    expect(first).toBeLessThanOrEqual(Date.parse(generation.endTime!));
    expect(generation.timeToFirstToken).toBeGreaterThan(0);
  });

  it('shows calls of tools, plain and streamed, and the answer after them', async () => {
    const observed = observeOpenAI(openai, { generationName: 'ask' });
    const question = { role: 'user' as const, content: 'Weather?' };
    const request = { model: 'gpt-4o-mini', messages: [question], tools };
    const trace = await traceOf(async () => {
      const called = await observed.chat.completions.create(request);
      const message = called.choices[0]!.message;
      await observed.chat.completions.create({
        ...request,
        messages: [
          question,
          message,
          { role: 'tool', tool_call_id: message.tool_calls![0]!.id, content: '20 degrees' },
        ],
      });
      for await (const _ of await observed.chat.completions.create({ ...request, stream: true }));
    }, 3);
    const call = { function: { name: 'weather', arguments: '{"city":"Paris"}' } };
    expect(findObservation(trace, 'ask', 0)).toMatchObject({
      input: { messages: [question], tools },
      output: { role: 'assistant', content: null, tool_calls: [{ ...call, type: 'function' }] },
    });
    expect(findObservation(trace, 'ask', 1)).toMatchObject({
      input: { messages: [question, { role: 'assistant' }, { role: 'tool', content: '20 degrees' }] },
      output: { role: 'assistant', content: 'You said: Weather?' },
    });
    expect(findObservation(trace, 'ask', 2)).toMatchObject({ output: { tool_calls: [call] } });
  });

  it('shows responses, plain, streamed and with a tool', async () => {
    const observed = observeOpenAI(openai, { generationName: 'respond' });
    const request = {
      model: 'gpt-4o-mini',
      input: 'Hello there',
      instructions: 'Be brief.',
      temperature: 0.5,
    };
    const trace = await traceOf(async () => {
      await observed.responses.create(request);
      for await (const _ of await observed.responses.create({ ...request, stream: true }));
      await observed.responses.create({
        ...request,
        tools: [{ type: 'function', ...tools[0]!.function, strict: true }],
      });
    }, 3);
    // The client takes the text from a whole answer, and the message as it is from a streamed one.
    const message = { type: 'message', content: [{ type: 'output_text', text: 'You said: Hello there' }] };
    for (const [index, output] of ['You said: Hello there', message].entries()) {
      const generation = findObservation(trace, 'respond', index);
      expect(generation).toMatchObject({
        model: 'gpt-4o-mini',
        input: 'Hello there',
        output,
        modelParameters: { temperature: 0.5 },
        metadata: { instructions: 'Be brief.' },
        usageDetails: usage,
      });
      expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    }
    expect(findObservation(trace, 'respond', 1).completionStartTime).toBeTruthy();
    expect(findObservation(trace, 'respond', 2)).toMatchObject({
      output: { type: 'function_call', name: 'weather', arguments: '{"city":"Paris"}' },
    });
  });

  it('shows embeddings', async () => {
    const trace = await traceOf(
      () =>
        observeOpenAI(openai, { generationName: 'embed' }).embeddings.create({
          model: 'text-embedding-3-small',
          input: ['one', 'two'],
        }),
      1,
    );
    expect(findObservation(trace, 'embed')).toMatchObject({
      model: 'text-embedding-3-small',
      input: ['one', 'two'],
    });
  });

  it('shows a refused call as an error that cost nothing', async () => {
    const observed = observeOpenAI(openai, { generationName: 'fail' });
    const trace = await traceOf(
      () =>
        expect(
          observed.chat.completions.create({ model: 'broken', messages: [{ role: 'user', content: 'Hi' }] }),
        ).rejects.toThrow('out of order'),
      1,
    );
    expect(findObservation(trace, 'fail')).toMatchObject({
      level: 'ERROR',
      statusMessage: expect.stringContaining('The model `broken` is out of order.'),
      model: 'broken',
      calculatedTotalCost: 0,
    });
    const failed = await client.api.observations.getMany({ traceId: trace.id, level: 'ERROR' });
    expect(failed.data.map(({ id }) => id)).toEqual([findObservation(trace, 'fail').id]);
  });
});
