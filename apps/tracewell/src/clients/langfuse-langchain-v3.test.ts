import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { type ModelStandIn, startModelStandIn } from '@tracewell/testkit/model-stand-in';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findObservation, outlineOf, type ReadTrace } from './reading';

/**
 * LangChain 0.3 under langfuse-langchain v3, which sends batches of JSON, unmodified, against a started instance. It
 * cannot be installed beside the LangChain of today, so that it has a folder of its own: `npm ci` in there.
 */
const folder = join(dirname(fileURLToPath(import.meta.url)), 'langfuse-langchain-v3');
const isMissing = !existsSync(join(folder, 'node_modules'));

const usage = { input: 16, input_cache_read: 4, output: 7, output_reasoning: 3, total: 30 };
// gpt-4o-mini: $0.15, cached $0.075, and $0.60 per million tokens.
const cost = (16 * 0.15 + 4 * 0.075 + 10 * 0.6) / 1e6;

describe.skipIf(isMissing)(`langfuse-langchain v3${isMissing ? ' (left out: not installed)' : ''}`, () => {
  let instance: Instance;
  let models: ModelStandIn;
  let warnings = '';
  let traces: Record<'chain' | 'stream' | 'agent' | 'failure', ReadTrace>;
  beforeAll(async () => {
    [instance, models] = await Promise.all([startInstance(), startModelStandIn()]);
    const child = spawn(process.execPath, [join(folder, 'client.mjs')], {
      env: {
        PATH: process.env.PATH,
        LANGFUSE_BASEURL: instance.url,
        LANGFUSE_PUBLIC_KEY: instance.publicKey,
        LANGFUSE_SECRET_KEY: instance.secretKey,
        MODELS_BASE_URL: models.openAiBaseUrl,
      },
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      warnings += text;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code, warnings).toBe(0);
    traces = JSON.parse(output);
  });
  afterAll(async () => {
    await models?.dispose();
    await instance?.dispose();
  });

  it('has nothing to warn of', () => {
    expect(warnings).toBe('');
  });

  it('shows a chain with its steps, user, session, tags, metadata, prompt, usage and cost', () => {
    const { chain } = traces;
    expect(outlineOf(chain)).toEqual([
      'describe SPAN',
      '  ChatOpenAI GENERATION',
      '  ChatPromptTemplate SPAN',
      '  StrOutputParser SPAN',
    ]);
    expect(chain).toMatchObject({
      name: 'describe',
      userId: 'ada',
      sessionId: 's-langchain-v3',
      tags: ['a', 'b'],
      metadata: { shop: '7' },
      input: { topic: 'bees' },
      output: 'You said: Tell me of bees',
    });
    const generation = findObservation(chain, 'ChatOpenAI');
    expect(generation).toMatchObject({
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.2 },
      input: [{ role: 'user', content: 'Tell me of bees' }],
      output: { role: 'assistant', content: 'You said: Tell me of bees' },
      metadata: { ls_provider: 'openai' },
      promptName: 'asking',
      promptVersion: 1,
      usageDetails: usage,
    });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    expect(chain.totalCost).toBeCloseTo(cost, 12);
  });

  it('shows a streamed answer with the time of its first piece', () => {
    const generation = findObservation(traces.stream, 'ChatOpenAI');
    expect(generation).toMatchObject({
      input: [{ role: 'user', content: 'Tell me more' }],
      output: { content: 'You said: Tell me more' },
      usageDetails: usage,
    });
    expect(generation.calculatedTotalCost).toBeCloseTo(cost, 12);
    const first = Date.parse(generation.completionStartTime!);
    expect(first).toBeGreaterThanOrEqual(Date.parse(generation.startTime));
    expect(first).toBeLessThanOrEqual(Date.parse(generation.endTime!));
  });

  it('shows an agent that calls a tool', () => {
    const { agent } = traces;
    const step = [
      '  ToolCallingAgent SPAN',
      '    ChatOpenAI GENERATION',
      '    ChatPromptTemplate SPAN',
      '    RunnableAssign SPAN',
      '      RunnableMap SPAN',
      '        RunnableLambda SPAN',
      '    ToolCallingAgentOutputParser SPAN',
    ];
    expect(outlineOf(agent)).toEqual(['helper SPAN', ...step, ...step, '  weather SPAN']);
    const call = { type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } };
    expect(findObservation(agent, 'ChatOpenAI', 0)).toMatchObject({
      input: [{ role: 'user', content: 'Weather?' }],
      output: { additional_kwargs: { tool_calls: [call] } },
      usageDetails: usage,
    });
    expect(findObservation(agent, 'weather')).toMatchObject({
      input: { city: 'Paris' },
      output: '20 degrees in Paris',
    });
    expect(findObservation(agent, 'ChatOpenAI', 1)).toMatchObject({
      output: { content: 'You said: Weather?' },
    });
    expect(agent).toMatchObject({ name: 'helper', input: { input: 'Weather?' }, tags: ['a', 'b'] });
    expect(JSON.stringify(agent.output)).toContain('You said: Weather?');
    expect(agent.totalCost).toBeCloseTo(2 * cost, 12);
  });

  it('shows a refused call as an error', () => {
    expect(findObservation(traces.failure, 'ChatOpenAI')).toMatchObject({
      level: 'ERROR',
      statusMessage: expect.stringContaining('The model `broken` is out of order.'),
      model: 'broken',
    });
  });
});
