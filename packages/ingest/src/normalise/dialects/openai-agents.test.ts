import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (name: string, attributes: Attributes) =>
  normaliseSpan(
    makeSpan({ scope: 'logfire.openai_agents', name, attributes: { 'logfire.msg': name, ...attributes } }),
  );

describe('openai-agents', () => {
  it.each([
    ['OpenAI Agents trace: {name}', 'CHAIN'],
    ['Agent run: {name!r}', 'AGENT'],
    ['Function: {name}', 'TOOL'],
    ['Guardrail {name!r} triggered={triggered}', 'GUARDRAIL'],
    ['Responses API with {gen_ai.request.model!r}', 'GENERATION'],
    ['Handoff: {from_agent} → {to_agent}', 'SPAN'],
  ])('reads %s as %s', (name, type) => {
    expect(normalise(name, {}).type).toBe(type);
  });

  it('takes the group for the conversation, unless there is none', () => {
    const trace = { agent_trace_id: 'trace_1', name: 'Weather desk' };
    expect(normalise('OpenAI Agents trace: {name}', { ...trace, group_id: 'conv-31' }).trace).toMatchObject({
      name: 'Weather desk',
      sessionId: 'conv-31',
    });
    expect(normalise('OpenAI Agents trace: {name}', { ...trace, group_id: 'null' }).trace.sessionId).toBe('');
  });

  it('reads a response call with the tokens of the API’s answer', () => {
    const call = normalise('Responses API with {gen_ai.request.model!r}', {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 685,
      'gen_ai.usage.output_tokens': 271,
      response: JSON.stringify({
        usage: {
          input_tokens: 685,
          input_tokens_details: { cached_tokens: 512 },
          output_tokens: 271,
          output_tokens_details: { reasoning_tokens: 200 },
          total_tokens: 956,
        },
      }),
      events: JSON.stringify([
        { 'event.name': 'gen_ai.user.message', role: 'user', content: 'Hi' },
        { 'event.name': 'gen_ai.choice', message: { role: 'assistant', content: 'Hello' } },
      ]),
    });
    expect(call).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o',
      output: '{"role":"assistant","content":"Hello"}',
      providedUsage: {
        input: 173,
        output: 71,
        input_cached_tokens: 512,
        output_reasoning_tokens: 200,
        total: 956,
      },
    });
  });

  it('reads what a function was given and returned', () => {
    const call = normalise('Function: {name}', {
      name: 'get_weather',
      input: '{"city":"Paris"}',
      output: 'sunny',
    });
    expect(call).toMatchObject({ input: '{"city":"Paris"}', output: 'sunny' });
  });

  it('does not count the sum of a task', () => {
    expect(normalise('Task: x', { usage: '{"input_tokens":685,"output_tokens":271}' }).providedUsage).toEqual(
      {},
    );
  });
});
