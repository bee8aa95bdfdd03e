import { describe, expect, it } from 'vitest';
import type { AttributeValue } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

/** As MLflow writes them: every value is JSON text. */
const normalise = (values: Record<string, AttributeValue>, given: Parameters<typeof makeSpan>[0] = {}) =>
  normaliseSpan(
    makeSpan({
      attributes: Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]),
      ),
      ...given,
    }),
  );

describe('mlflow', () => {
  it.each([
    ['LLM', 'GENERATION'],
    ['CHAT_MODEL', 'GENERATION'],
    ['EMBEDDING', 'EMBEDDING'],
    ['RETRIEVER', 'RETRIEVER'],
    ['RERANKER', 'RETRIEVER'],
    ['TOOL', 'TOOL'],
    ['AGENT', 'AGENT'],
    ['WORKFLOW', 'CHAIN'],
    ['EVALUATOR', 'EVALUATOR'],
    ['GUARDRAIL', 'GUARDRAIL'],
    ['UNKNOWN', 'SPAN'],
  ])('reads span type %s as %s', (spanType, type) => {
    expect(normalise({ 'mlflow.spanType': spanType }).type).toBe(type);
  });

  it('reads a chat call', () => {
    const messages = [{ role: 'user', content: 'Hi' }];
    const tools = [{ type: 'function', function: { name: 'policy' } }];
    const call = normalise({
      'mlflow.spanType': 'CHAT_MODEL',
      'mlflow.spanInputs': { model: 'gpt-4o-mini', temperature: 0.1, messages },
      'mlflow.spanOutputs': 'Hello',
      'mlflow.chat.tools': tools,
      'mlflow.chat.tokenUsage': {
        input_tokens: 300,
        output_tokens: 40,
        total_tokens: 340,
        cache_read_input_tokens: 256,
      },
      'mlflow.llm.cost': { input_cost: 0.01, output_cost: 0.02, total_cost: 0.03 },
    });
    expect(call).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.1 },
      output: 'Hello',
      providedUsage: { input: 44, output: 40, input_cached_tokens: 256, total: 340 },
      providedCost: { input: 0.01, output: 0.02, total: 0.03 },
    });
    expect(JSON.parse(call.input)).toMatchObject({ messages, tools });
  });

  it('knows that Anthropic counts cached tokens beside the input', () => {
    const call = normalise({
      'mlflow.spanType': 'CHAT_MODEL',
      'mlflow.message.format': 'anthropic',
      'mlflow.chat.tokenUsage': {
        input_tokens: 12,
        output_tokens: 8,
        total_tokens: 20,
        cache_read_input_tokens: 9,
      },
    });
    expect(call.providedUsage).toEqual({ input: 12, output: 8, input_cached_tokens: 9, total: 29 });
  });

  it('leaves the sum on an agent span to its calls', () => {
    const agent = normalise({
      'mlflow.spanType': 'AGENT',
      'mlflow.chat.tokenUsage': { input_tokens: 3, output_tokens: 4 },
    });
    expect(agent).toMatchObject({ type: 'AGENT', providedUsage: {} });
  });

  it('names session, user and tags of the trace, ids as they were written', () => {
    const root = normaliseSpan(
      makeSpan({
        attributes: {
          'mlflow.trace.session': '"chat-5"',
          'mlflow.trace.user': '12345678901234567890',
          'mlflow.traceTag.team': '"support"',
          'mlflow.traceTag.mlflow.traceName': '"answer"',
        },
      }),
    );
    expect(root.trace).toMatchObject({ sessionId: 'chat-5', userId: '12345678901234567890', name: 'answer' });
    expect(root.metadata.team).toBe('support');
  });

  it('reads the level, which a failed status outweighs', () => {
    expect(normalise({ 'mlflow.spanLogLevel': 'WARNING' }).level).toBe('WARNING');
    expect(normalise({ 'mlflow.spanLogLevel': 'DEBUG' }, { statusCode: 2 }).level).toBe('ERROR');
  });

  it('takes null for nothing returned', () => {
    expect(normalise({ 'mlflow.spanType': 'TOOL', 'mlflow.spanOutputs': null }).output).toBe('');
  });
});
