import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (name: string, attributes: Attributes, given: Parameters<typeof makeSpan>[0] = {}) =>
  normaliseSpan(
    makeSpan({
      scope: 'strands.telemetry.tracer',
      name,
      attributes: { 'gen_ai.system': 'strands-agents', ...attributes },
      ...given,
    }),
  );

/** Both spellings, as Strands writes them. */
const counts = (
  input: number,
  output: number,
  total: number,
  cacheRead: number,
  cacheWrite: number,
): Attributes => ({
  'gen_ai.usage.prompt_tokens': input,
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.completion_tokens': output,
  'gen_ai.usage.output_tokens': output,
  'gen_ai.usage.total_tokens': total,
  'gen_ai.usage.cache_read_input_tokens': cacheRead,
  'gen_ai.usage.cache_write_input_tokens': cacheWrite,
});

describe('strands-agents', () => {
  it('counts the calls and not the agent', () => {
    const agent = normalise('invoke_agent Math', {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.request.model': 'gpt-4o',
      'session.id': 's-1',
      'user.id': 'u-1',
      ...counts(10, 5, 15, 0, 0),
    });
    expect(agent).toMatchObject({
      type: 'AGENT',
      model: '',
      providedUsage: {},
      trace: { sessionId: 's-1', userId: 'u-1' },
    });
  });

  it('knows Bedrock’s cached tokens to be beside the input by the total', () => {
    const chat = normalise('chat', {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'claude',
      ...counts(1200, 45, 3245, 1000, 1000),
    });
    expect(chat).toMatchObject({ type: 'GENERATION', model: 'claude' });
    expect(chat.providedUsage).toEqual({
      input: 1200,
      output: 45,
      input_cached_tokens: 1000,
      input_cache_creation: 1000,
      total: 3245,
    });
  });

  it('knows OpenAI’s to be inside it', () => {
    const chat = normalise('chat', { 'gen_ai.operation.name': 'chat', ...counts(1100, 40, 1140, 512, 0) });
    expect(chat.providedUsage).toEqual({ input: 588, output: 40, input_cached_tokens: 512, total: 1140 });
  });

  it('reads the time to the first token in milliseconds', () => {
    const chat = normalise('chat', { 'gen_ai.server.time_to_first_token': 420 });
    expect(chat.completionStartTime! - chat.startTime).toBe(420_000);
  });

  it('reads the messages of the events', () => {
    const chat = normalise(
      'chat',
      { 'gen_ai.operation.name': 'chat' },
      {
        events: [
          { name: 'gen_ai.user.message', attributes: { content: '[{"text":"2+2?"}]' } },
          { name: 'gen_ai.choice', attributes: { finish_reason: 'end_turn', message: '[{"text":"4"}]' } },
        ],
      },
    );
    expect(JSON.parse(chat.input)).toEqual([{ role: 'user', content: [{ text: '2+2?' }] }]);
    expect(JSON.parse(chat.output)).toMatchObject({ message: [{ text: '4' }] });
  });

  it.each([
    ['execute_event_loop_cycle', 'CHAIN'],
    ['Cycle 3f2a', 'CHAIN'],
    ['Tool: calculator', 'TOOL'],
    ['Model invoke', 'GENERATION'],
    ['invoke_swarm', 'AGENT'],
  ])('reads %s as %s', (name, type) => {
    expect(normalise(name, {}).type).toBe(type);
  });
});
