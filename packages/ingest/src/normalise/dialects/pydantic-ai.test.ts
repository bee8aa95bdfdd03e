import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (name: string, attributes: Attributes) =>
  normaliseSpan(makeSpan({ scope: 'pydantic-ai', name, attributes }));

describe('pydantic-ai', () => {
  it('leaves the numbers of an agent run to its calls, named or not', () => {
    const messages = [
      { role: 'user', parts: [{ type: 'text', content: 'Weather?' }] },
      { role: 'assistant', parts: [{ type: 'text', content: 'Sunny.' }] },
    ];
    const run = normalise('agent run', {
      'pydantic_ai.all_messages': JSON.stringify(messages),
      'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
      final_result: 'Sunny.',
      'gen_ai.usage.input_tokens': 150,
      'gen_ai.usage.output_tokens': 25,
      'gen_ai.conversation.id': 'conv-1',
      model_name: 'gpt-4o',
    });
    expect(run).toMatchObject({
      type: 'AGENT',
      model: '',
      providedUsage: {},
      output: 'Sunny.',
      trace: { sessionId: 'conv-1' },
    });
    expect(JSON.parse(run.input)).toEqual([{ role: 'system', content: 'Be brief.' }, messages[0]]);
  });

  it('answers with the last message when the result was not recorded', () => {
    const run = normalise('agent run', {
      all_messages_events: JSON.stringify([
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
      ]),
    });
    expect(run.input).toBe('[{"role":"user","content":"Hi"}]');
    expect(run.output).toBe('{"role":"assistant","content":"Hello"}');
  });

  it('reads the events of version 1', () => {
    const chat = normalise('chat gpt-4o', {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'logfire.json_schema': '{}',
      events: JSON.stringify([
        { 'event.name': 'gen_ai.user.message', role: 'user', content: 'Hi' },
        { 'event.name': 'gen_ai.choice', index: 0, message: { role: 'assistant', content: 'Hello' } },
      ]),
    });
    expect(chat).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o',
      output: '{"role":"assistant","content":"Hello"}',
    });
    expect(JSON.parse(chat.input)).toHaveLength(1);
  });

  it('does not count the provider’s own spelling of the same tokens', () => {
    const chat = normalise('chat claude-sonnet-4-5', {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.response.model': 'claude-sonnet-4-5-20250929',
      'gen_ai.usage.input_tokens': 5008,
      'gen_ai.usage.output_tokens': 40,
      'gen_ai.usage.details.input_tokens': 8,
      'gen_ai.usage.details.output_tokens': 40,
      'gen_ai.usage.details.cache_read_input_tokens': 4000,
      'gen_ai.usage.details.cache_creation_input_tokens': 1000,
      'operation.cost': 0.0055,
    });
    expect(chat.providedUsage).toEqual({
      input: 8,
      output: 40,
      input_cached_tokens: 4000,
      input_cache_creation: 1000,
      total: 5048,
    });
    expect(chat).toMatchObject({ model: 'claude-sonnet-4-5-20250929', providedCost: { total: 0.0055 } });
  });

  it('takes the reasoning out of the output', () => {
    const chat = normalise('chat o4-mini', {
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 100,
      'gen_ai.usage.details.reasoning_tokens': 64,
    });
    expect(chat.providedUsage).toEqual({ input: 10, output: 36, output_reasoning_tokens: 64, total: 110 });
  });

  it('reads a tool of versions 1 and 2', () => {
    const tool = normalise('running tool', {
      'gen_ai.tool.name': 'get_weather',
      tool_arguments: '{"city":"Paris"}',
      tool_response: 'sunny',
      'logfire.msg': 'running tool: get_weather',
    });
    expect(tool).toMatchObject({
      type: 'TOOL',
      name: 'get_weather',
      input: '{"city":"Paris"}',
      output: 'sunny',
    });
  });

  it('knows when the first token came', () => {
    const chat = normalise('chat', { 'gen_ai.client.operation.time_to_first_chunk': 0.5 });
    expect(chat.completionStartTime! - chat.startTime).toBe(500_000);
  });
});
