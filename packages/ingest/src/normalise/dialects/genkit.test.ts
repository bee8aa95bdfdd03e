import { describe, expect, it } from 'vitest';
import type { AttributeValue } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (subtype: string, values: Record<string, AttributeValue>) =>
  normaliseSpan(
    makeSpan({
      scope: 'genkit-tracer',
      attributes: {
        'genkit:type': 'action',
        ...(subtype && { 'genkit:metadata:subtype': subtype }),
        ...values,
      },
    }),
  );

const messages = [{ role: 'user', content: [{ text: 'Hi' }] }];
const message = { role: 'model', content: [{ text: 'Hello' }] };
const usage = { inputTokens: 50, outputTokens: 10, thoughtsTokens: 25, totalTokens: 85 };

describe('genkit', () => {
  it('reads a model call, its thoughts beside the output when only then the total adds up', () => {
    const call = normalise('model', {
      'genkit:name': 'googleai/gemini-2.5-flash',
      'genkit:input': JSON.stringify({ messages, config: { temperature: 0.3 }, tools: [] }),
      'genkit:output': JSON.stringify({ message, usage, finishReason: 'stop' }),
    });
    expect(call).toMatchObject({
      type: 'GENERATION',
      name: 'googleai/gemini-2.5-flash',
      model: 'googleai/gemini-2.5-flash',
      modelParameters: { temperature: 0.3 },
      input: JSON.stringify(messages),
      output: JSON.stringify(message),
      providedUsage: { input: 50, output: 10, output_reasoning_tokens: 25, total: 85 },
      metadata: { finishReason: 'stop' },
    });
  });

  it('takes thoughts out of an output that includes them', () => {
    const call = normalise('model', {
      'genkit:output': JSON.stringify({ message, usage: { ...usage, outputTokens: 35 } }),
    });
    expect(call.providedUsage).toEqual({ input: 50, output: 10, output_reasoning_tokens: 25, total: 85 });
  });

  it('does not count the spans that pass the model’s output on', () => {
    for (const subtype of ['', 'flow', 'agent', 'prompt']) {
      expect(
        normalise(subtype, { 'genkit:output': JSON.stringify({ message, usage }) }).providedUsage,
      ).toEqual({});
    }
  });

  it('keeps the tools in the input', () => {
    const tools = [{ name: 'getWeather' }];
    const call = normalise('model', { 'genkit:input': JSON.stringify({ messages, tools, output: {} }) });
    expect(JSON.parse(call.input)).toEqual({ messages, tools });
  });

  it.each([
    ['flow', 'CHAIN'],
    ['tool.v2', 'TOOL'],
    ['embedder', 'EMBEDDING'],
    ['retriever', 'RETRIEVER'],
    ['evaluator', 'EVALUATOR'],
    ['background-model', 'GENERATION'],
    ['agent', 'AGENT'],
  ])('reads subtype %s as %s', (subtype, type) => {
    expect(normalise(subtype, {}).type).toBe(type);
  });

  it('reads plain text, session, context and failure', () => {
    const flow = normalise('flow', {
      'genkit:input': '"Rome"',
      'genkit:sessionId': 's-9',
      'genkit:state': 'error',
      'genkit:metadata:context': '{"auth":{"uid":"u1"}}',
    });
    expect(flow).toMatchObject({
      input: 'Rome',
      level: 'ERROR',
      trace: { sessionId: 's-9' },
      metadata: { context: '{"auth":{"uid":"u1"}}' },
    });
  });
});
