import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (attributes: Attributes, given: Parameters<typeof makeSpan>[0] = {}) =>
  normaliseSpan(
    makeSpan({ resource: { 'service.name': 'openrouter' }, name: 'LLM Generation', attributes, ...given }),
  );

describe('openrouter', () => {
  it('reads a broadcast request', () => {
    const request = normalise({
      'span.type': 'generation',
      'trace.name': 'Greeting',
      'gen_ai.request.model': 'openai/gpt-5-mini',
      'gen_ai.prompt': '{"messages":[{"role":"user","content":"Hi"}]}',
      'gen_ai.completion': JSON.stringify({
        completion: 'Hello',
        reasoning: null,
        rawRequest: {
          model: 'openai/gpt-5-mini',
          temperature: 0.4,
          messages: [],
          tools: [{ type: 'function' }],
          reasoning: { effort: 'low' },
        },
      }),
      'user.id': 'u-7',
      'session.id': 's-7',
      'trace.metadata.feature': 'greeter',
      'trace.metadata.environment': 'staging',
      'trace.metadata.openrouter.first_token_ms': 640,
      'span.metadata.provider_name': 'OpenAI',
    });
    expect(request).toMatchObject({
      type: 'GENERATION',
      model: 'openai/gpt-5-mini',
      modelParameters: { temperature: 0.4, reasoning: '{"effort":"low"}' },
      environment: 'staging',
      output: '{"completion":"Hello","reasoning":null}',
      trace: { name: 'Greeting', userId: 'u-7', sessionId: 's-7', metadata: { feature: 'greeter' } },
      metadata: { provider_name: 'OpenAI' },
    });
    expect(JSON.parse(request.input)).toEqual({
      messages: [{ role: 'user', content: 'Hi' }],
      tools: [{ type: 'function' }],
    });
    expect(request.completionStartTime! - request.startTime).toBe(640_000);
  });

  it('takes the parts of a count out of it, and dollars for no tokens', () => {
    const request = normalise({
      'span.type': 'generation',
      'gen_ai.usage.input_tokens': 1500,
      'gen_ai.usage.output_tokens': 80,
      'gen_ai.usage.total_tokens': 1580,
      'gen_ai.usage.input_tokens.cached': 1280,
      'gen_ai.usage.output_tokens.reasoning': 64,
      'gen_ai.usage.input_cost': 0.1,
      'gen_ai.usage.output_cost': 0.2,
      'gen_ai.usage.total_cost': 0.3,
    });
    expect(request.providedUsage).toEqual({
      input: 220,
      output: 16,
      input_cached_tokens: 1280,
      output_reasoning_tokens: 64,
      total: 1580,
    });
    expect(request.providedCost).toEqual({ input: 0.1, output: 0.2, total: 0.3 });
  });

  it('reads the copies of the content when the first is missing', () => {
    expect(normalise({ 'span.input': 'Hi', 'trace.output': 'Hello' })).toMatchObject({
      input: 'Hi',
      output: 'Hello',
    });
  });

  it('keeps the attempts inside as plain spans', () => {
    expect(normalise({ 'span.type': 'span' }, { name: 'provider attempt 1: OpenAI' }).type).toBe('SPAN');
  });

  it('falls back to OpenRouter’s user, and fails when the request failed', () => {
    const request = normalise(
      { 'trace.metadata.openrouter.user_id': 'ou-3', 'span.level': 'DEFAULT' },
      { statusCode: 2, statusMessage: 'Provider returned 529' },
    );
    expect(request).toMatchObject({
      level: 'ERROR',
      statusMessage: 'Provider returned 529',
      trace: { userId: 'ou-3' },
    });
  });
});
