import { expect } from 'vitest';
import {
  costOfCall,
  drawTree,
  failureOfBroken,
  type ReadTrace,
  testWithModels,
  usageOfCall,
} from './python-with-models';

/** `langfuse.openai`, which stands in the place of the OpenAI client and tells of its calls. */
const question = [{ role: 'user', content: 'Where is Rome?' }];
const echo = 'You said: Where is Rome?';
const message = { role: 'assistant', content: echo };
const arguments_ = '{"city":"Paris"}';
const chatUsage = { ...usageOfCall, input_cached_tokens: 4, output_reasoning_tokens: 3 };
const call = { model: 'gpt-4o', level: 'DEFAULT', status: null, usage: chatUsage };
const priced = { ...call, cost: expect.closeTo(costOfCall, 10) };
const tool = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
};
const textAnswer = { role: 'assistant', content: [{ type: 'output_text', text: echo }] };
const defaults = { temperature: 1, top_p: 1, frequency_penalty: 0, presence_penalty: 0 };

/** What all generations of the client say of the same calls. */
const calls = {
  streamed: { ...priced, input: question, output: echo, parameters: defaults, streamed: true },
  tool: {
    ...priced,
    input: { tools: [tool], messages: question },
    output: { tool_calls: [{ type: 'function', function: { name: 'weather', arguments: arguments_ } }] },
    streamed: false,
  },
  // Its usage was not asked for, so that it is counted here.
  'streamed tool': {
    ...call,
    usage: { input: expect.any(Number), output: expect.any(Number) },
    input: { messages: question },
    output: { tool_calls: [{ function: { name: 'weather', arguments: arguments_ } }] },
    streamed: true,
  },
  response: { ...priced, output: textAnswer },
  async: { ...priced, input: question, output: message },
  failed: {
    model: 'broken',
    level: 'ERROR',
    status: failureOfBroken,
    input: question,
    output: null,
    usage: {},
    cost: 0,
  },
};
// The client logs the failure of the call, which is meant to fail.
const warnings = `WARNING langfuse ${failureOfBroken}`;

testWithModels('OpenAI', [
  {
    script: 'openai_v3.py',
    environments: ['3.14.6', '4.18.0'],
    warnings,
    check({ help, streamed, failure }: { help: ReadTrace; streamed: string; failure: string }, environment) {
      expect([streamed, failure]).toEqual([echo, failureOfBroken]);
      expect(help).toMatchObject({
        name: 'help',
        user: `ada of ${environment}`,
        session: 's-openai',
        tags: ['a', 'b'],
        metadata: { shop: '7' },
      });
      expect(drawTree(help)).toEqual(
        [
          'desk: SPAN',
          'embedding: EMBEDDING < desk',
          ...[
            ...['async', 'chat', 'failed', 'response', 'response tool', 'streamed', 'streamed response'],
            ...['streamed tool', 'tool'],
          ].map((name) => `${name}: GENERATION < desk`),
        ].sort(),
      );
      expect(help.observations).toMatchObject({
        ...calls,
        chat: {
          ...priced,
          input: question,
          output: message,
          parameters: { ...defaults, temperature: 0.5, max_completion_tokens: 100, seed: 7 },
          prompt: [`ask of ${environment}`, 1],
          metadata: { step: 'first', shop: '7' },
          streamed: false,
        },
        response: { ...calls.response, input: isFourth(environment) ? instructed : 'Where is Rome?' },
        'streamed response': { ...priced, input: 'Where is Rome?', output: textAnswer, streamed: true },
        'response tool': {
          ...priced,
          output: { type: 'function_call', name: 'weather', arguments: arguments_ },
        },
        embedding: {
          model: 'text-embedding-3-small',
          input: 'Rome',
          output: { count: 1 },
          usage: { input: 20 },
          cost: expect.closeTo((20 * 0.02) / 1e6, 12),
        },
      });
      expectCost(help);
    },
  },
  {
    script: 'openai_v2.py',
    environments: ['2.60.10'],
    warnings,
    check(value: { alone: ReadTrace; desk: ReadTrace; streamed: string; failure: string }) {
      const { alone, desk, streamed, failure } = value;
      expect([streamed, failure]).toEqual([echo, failureOfBroken]);
      expect(alone).toMatchObject({
        user: 'ada of 2.60.10',
        session: 's-openai',
        tags: ['a', 'b'],
        metadata: { step: 'first' },
        input: question,
        output: message,
      });
      expect(alone.observations).toMatchObject({
        alone: {
          ...priced,
          type: 'GENERATION',
          parent: null,
          input: question,
          output: message,
          // The client makes text of a fraction before it sends it.
          parameters: { ...defaults, temperature: '0.5', max_tokens: 100, seed: 7 },
          prompt: ['ask of 2.60.10', 1],
          metadata: { step: 'first' },
        },
      });
      expect(desk).toMatchObject({ name: 'help', user: 'ada of 2.60.10', session: 's-openai' });
      expect(drawTree(desk)).toEqual(
        Object.keys(calls)
          .map((name) => `${name}: GENERATION`)
          .sort(),
      );
      expect(desk.observations).toMatchObject({
        ...calls,
        response: { ...calls.response, input: 'Where is Rome?' },
      });
      expectCost(desk);
    },
  },
]);

const instructed = [{ role: 'system', content: 'Be short.' }, ...question];
const isFourth = (environment: string): boolean => environment.startsWith('4.');

/** A trace costs what its observations cost, those that were counted here too. */
function expectCost(trace: ReadTrace): void {
  const counted = trace.observations['streamed tool']!;
  expect(counted.cost).toBeCloseTo((counted.usage.input! * 2.5 + counted.usage.output! * 10) / 1e6, 10);
  const costs = Object.values(trace.observations).map(({ cost }) => cost ?? 0);
  expect(trace.cost).toBeCloseTo(
    costs.reduce((sum, cost) => sum + cost, 0),
    10,
  );
}
