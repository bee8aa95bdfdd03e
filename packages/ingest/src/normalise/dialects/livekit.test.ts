import { describe, expect, it } from 'vitest';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (
  name: string,
  attributes: Record<string, string | number | boolean>,
  given: Parameters<typeof makeSpan>[0] = {},
) => normaliseSpan(makeSpan({ scope: 'livekit-agents', name, attributes, ...given }));

const metrics = JSON.stringify({
  prompt_tokens: 640,
  completion_tokens: 14,
  prompt_cached_tokens: 512,
  total_tokens: 654,
  ttft: 0.31,
  metadata: { model_name: 'gpt-4o-mini' },
});

describe('livekit', () => {
  it.each([
    ['agent_turn', 'AGENT'],
    ['function_tool', 'TOOL'],
    ['llm_request', 'GENERATION'],
    ['llm_node', 'CHAIN'],
    ['user_turn', 'SPAN'],
  ])('reads %s as %s', (name, type) => {
    expect(normalise(name, {}).type).toBe(type);
  });

  it('reads usage, model and first token of a request from its metrics', () => {
    const request = normalise('llm_request', {
      'lk.llm_metrics': metrics,
      'gen_ai.usage.input_tokens': 640,
      'gen_ai.usage.output_tokens': 14,
      'gen_ai.usage.input_cached_tokens': 512,
      'gen_ai.usage.cache_read.input_tokens': 512,
    });
    expect(request).toMatchObject({
      model: 'gpt-4o-mini',
      providedUsage: { input: 128, output: 14, input_cached_tokens: 512, total: 654 },
    });
    expect(request.completionStartTime! - request.startTime).toBe(310_000);
  });

  it('does not take the node around a request for a second call', () => {
    const node = normalise('llm_node', {
      'gen_ai.request.model': 'gpt-4o-mini',
      'lk.chat_ctx': '{"items":[]}',
      'lk.response.text': 'Hi',
    });
    expect(node).toMatchObject({ type: 'CHAIN', model: '', input: '{"items":[]}', output: 'Hi' });
  });

  it('reads the content keys of before and after the pii segment', () => {
    for (const prefix of ['lk.', 'lk.pii.']) {
      const turn = normalise('agent_turn', {
        [`${prefix}user_input`]: 'Where?',
        [`${prefix}response.text`]: 'Here.',
      });
      expect(turn).toMatchObject({ input: 'Where?', output: 'Here.' });
      const tool = normalise('function_tool', {
        'lk.function_tool.name': 'order_status',
        [`${prefix}function_tool.arguments`]: '{"order":"A1"}',
        [`${prefix}function_tool.output`]: 'tomorrow',
      });
      expect(tool).toMatchObject({ name: 'order_status', input: '{"order":"A1"}', output: 'tomorrow' });
    }
  });

  it('parses the tool calls of a choice event', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } };
    const request = normalise(
      'llm_request',
      {},
      {
        events: [
          { name: 'gen_ai.user.message', attributes: { content: 'Hi' } },
          { name: 'gen_ai.choice', attributes: { role: 'assistant', tool_calls: [JSON.stringify(call)] } },
        ],
      },
    );
    expect(JSON.parse(request.output)).toEqual({ role: 'assistant', tool_calls: [call] });
    expect(JSON.parse(request.input)).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('splits the tokens of a realtime model without counting any twice', () => {
    const turn = normalise('realtime_metrics', {
      'gen_ai.request.model': 'gpt-realtime',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.input_text_tokens': 400,
      'gen_ai.usage.input_audio_tokens': 600,
      'lk.realtime_model_metrics': JSON.stringify({
        input_tokens: 1000,
        output_tokens: 220,
        total_tokens: 1220,
        input_token_details: {
          audio_tokens: 600,
          text_tokens: 400,
          cached_tokens: 448,
          cached_tokens_details: { audio_tokens: 128 },
        },
        output_token_details: { text_tokens: 40, audio_tokens: 180 },
        ttft: -1,
      }),
    });
    expect(turn.providedUsage).toEqual({
      input: 80,
      output: 40,
      input_cached_tokens: 448,
      input_audio_tokens: 472,
      output_audio_tokens: 180,
      total: 1220,
    });
    expect(turn.completionStartTime).toBeNull();
  });

  it('counts speech in characters and not as tokens', () => {
    const speech = normalise('tts_request', {
      'lk.input_text': 'Hello',
      'lk.tts_metrics': '{"characters_count":5,"ttfb":0.2}',
    });
    expect(speech).toMatchObject({ level: 'DEBUG', input: 'Hello', providedUsage: { characters: 5 } });
  });

  it('keeps the machinery at level DEBUG unless it fails', () => {
    expect(normalise('eou_detection', {}).level).toBe('DEBUG');
    expect(normalise('eou_detection', {}, { statusCode: 2 }).level).toBe('ERROR');
    expect(normalise('function_tool', { 'lk.function_tool.is_error': true }).level).toBe('ERROR');
    expect(normaliseSpan(makeSpan({ name: 'on_enter' })).level).toBe('DEFAULT');
  });

  it('takes the room for the session and the participant for the user', () => {
    expect(normalise('agent_session', { 'lk.room_name': 'room-7' }).trace.sessionId).toBe('room-7');
    expect(normalise('user_turn', { 'lk.pii.participant_identity': 'caller' }).trace.userId).toBe('caller');
  });
});
