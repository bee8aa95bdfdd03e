import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { LangfuseClient } from '@langfuse/client';
import { CallbackHandler } from '@langfuse/langchain';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { type ModelStandIn, startModelStandIn } from '@tracewell/testkit/model-stand-in';
import { createAgent } from 'langchain';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findObservation, outlineOf, readTrace } from './reading';
import { collectWarnings } from './warnings';

/** LangChain under the handler of `@langfuse/langchain`, unmodified, against a started instance. */
const warnings = collectWarnings();
let instance: Instance;
let models: ModelStandIn;
let provider: NodeTracerProvider;
let client: LangfuseClient;

beforeAll(async () => {
  [instance, models] = await Promise.all([startInstance(), startModelStandIn()]);
  const credentials = { baseUrl: instance.url, publicKey: instance.publicKey, secretKey: instance.secretKey };
  provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor(credentials)] });
  provider.register();
  client = new LangfuseClient(credentials);
});
afterEach(() => expect(warnings.take(), 'warnings and errors of the clients').toEqual([]));
afterAll(async () => {
  await provider?.shutdown();
  await models?.dispose();
  await instance?.dispose();
});

const chatModel = (model = 'gpt-4o-mini') =>
  new ChatOpenAI({
    model,
    temperature: 0.2,
    apiKey: 'sk-none',
    maxRetries: 0,
    configuration: { baseURL: models.openAiBaseUrl },
  });

async function traceOf(run: (handler: CallbackHandler) => Promise<unknown>, count: number) {
  const handler = new CallbackHandler({
    userId: 'ada',
    sessionId: 's-langchain',
    tags: ['a', 'b'],
    traceMetadata: { shop: 7 },
  });
  await run(handler);
  await provider.forceFlush();
  return readTrace(client, handler.last_trace_id!, count);
}

const usage = { input: 16, input_cache_read: 4, output: 7, output_reasoning: 3, total: 30 };
// gpt-4o-mini: $0.15, cached $0.075, and $0.60 per million tokens.
const cost = (16 * 0.15 + 4 * 0.075 + 10 * 0.6) / 1e6;

describe('@langfuse/langchain', () => {
  it('shows a chain with its steps, user, session, tags, metadata, prompt, usage and cost', async () => {
    const prompt = await client.prompt.create({
      name: 'asking',
      type: 'chat',
      prompt: [{ role: 'user', content: 'Tell me of {{topic}}' }],
      labels: ['production'],
    });
    const template = ChatPromptTemplate.fromMessages([['user', 'Tell me of {topic}']]).withConfig({
      metadata: { langfusePrompt: prompt },
    });
    const chain = template.pipe(chatModel()).pipe(new StringOutputParser());
    const trace = await traceOf(
      (handler) => chain.invoke({ topic: 'bees' }, { callbacks: [handler], runName: 'describe' }),
      4,
    );
    expect(outlineOf(trace)).toEqual([
      'describe SPAN',
      '  ChatOpenAI GENERATION',
      '  ChatPromptTemplate SPAN',
      '  StrOutputParser SPAN',
    ]);
    expect(trace).toMatchObject({
      name: 'describe',
      userId: 'ada',
      sessionId: 's-langchain',
      tags: ['a', 'b'],
      metadata: { shop: '7' },
      input: { topic: 'bees' },
      output: 'You said: Tell me of bees',
    });
    const generation = findObservation(trace, 'ChatOpenAI');
    expect(generation).toMatchObject({
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.2 },
      input: [{ role: 'user', content: 'Tell me of bees' }],
      output: { role: 'assistant', content: 'You said: Tell me of bees' },
      usageDetails: usage,
      promptName: 'asking',
      promptVersion: 1,
    });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    expect(trace.totalCost).toBeCloseTo(cost, 12);
  });

  it('shows a streamed answer with the time of its first piece', async () => {
    const trace = await traceOf(async (handler) => {
      let text = '';
      for await (const chunk of await chatModel().stream('Tell me more', { callbacks: [handler] }))
        text += chunk.text;
      expect(text).toBe('You said: Tell me more');
    }, 1);
    const generation = findObservation(trace, 'ChatOpenAI');
    expect(generation).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o-mini',
      input: [{ role: 'user', content: 'Tell me more' }],
      output: { role: 'assistant', content: 'You said: Tell me more' },
      usageDetails: usage,
    });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    const first = Date.parse(generation.completionStartTime!);
    expect(first).toBeGreaterThanOrEqual(Date.parse(generation.startTime));
    expect(first).toBeLessThanOrEqual(Date.parse(generation.endTime!));
  });

  it('shows an agent that calls a tool', async () => {
    const weather = tool(({ city }) => `20 degrees in ${city}`, {
      name: 'weather',
      description: 'Weather of a city',
      schema: z.object({ city: z.string() }),
    });
    const agent = createAgent({ model: chatModel(), tools: [weather], systemPrompt: 'Be brief.' });
    const trace = await traceOf(
      (handler) =>
        agent.invoke(
          { messages: [{ role: 'user', content: 'Weather?' }] },
          { callbacks: [handler], runName: 'helper' },
        ),
      10,
    );
    expect(outlineOf(trace)).toEqual([
      'helper SPAN',
      '  __start__ SPAN',
      '  model_request SPAN',
      '    ChatOpenAI GENERATION',
      '    RunnableLambda SPAN',
      '  model_request SPAN',
      '    ChatOpenAI GENERATION',
      '    RunnableLambda SPAN',
      '  tools SPAN',
      '    weather TOOL',
    ]);
    const question = { role: 'user', content: 'Weather?' };
    const call = { type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } };
    expect(findObservation(trace, 'ChatOpenAI', 0)).toMatchObject({
      input: {
        messages: [{ role: 'system' }, question],
        tools: [{ type: 'function', function: { name: 'weather', description: 'Weather of a city' } }],
      },
      output: { role: 'assistant', tool_calls: [call] },
      metadata: { langgraph_node: 'model_request' },
      usageDetails: usage,
    });
    expect(findObservation(trace, 'weather')).toMatchObject({
      input: { city: 'Paris' },
      output: { kwargs: { name: 'weather', content: '20 degrees in Paris', status: 'success' } },
    });
    expect(findObservation(trace, 'ChatOpenAI', 1)).toMatchObject({
      input: {
        messages: [{ role: 'system' }, question, { tool_calls: [call] }, { content: '20 degrees in Paris' }],
      },
      output: { role: 'assistant', content: 'You said: Weather?' },
    });
    expect(trace).toMatchObject({
      name: 'helper',
      input: { messages: [question] },
      output: { messages: expect.arrayContaining([{ role: 'assistant', content: 'You said: Weather?' }]) },
    });
    expect(trace.totalCost).toBeCloseTo(2 * cost, 12);
  });

  it('shows a refused call as an error, at the call and above', async () => {
    const chain = ChatPromptTemplate.fromMessages([['user', '{question}']]).pipe(chatModel('broken'));
    const trace = await traceOf(
      (handler) =>
        expect(
          chain.invoke({ question: 'Hi' }, { callbacks: [handler], runName: 'failing' }),
        ).rejects.toThrow('out of order'),
      3,
    );
    const message = expect.stringContaining('The model `broken` is out of order.');
    expect(findObservation(trace, 'ChatOpenAI')).toMatchObject({ level: 'ERROR', statusMessage: message });
    expect(findObservation(trace, 'failing')).toMatchObject({ level: 'ERROR', statusMessage: message });
    expect(findObservation(trace, 'ChatPromptTemplate')).toMatchObject({ level: 'DEFAULT' });
  });
});
