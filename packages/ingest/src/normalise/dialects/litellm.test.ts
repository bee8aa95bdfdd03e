import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (name: string, attributes: Attributes, given: Parameters<typeof makeSpan>[0] = {}) =>
  normaliseSpan(makeSpan({ scope: 'litellm', name, attributes, ...given }));

const request: Attributes = {
  'llm.request.type': 'acompletion',
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
  'gen_ai.usage.prompt_tokens': 1036,
  'gen_ai.usage.completion_tokens': 48,
  'llm.usage.total_tokens': 1084,
  'gen_ai.prompt.0.role': 'user',
  'gen_ai.prompt.0.content': 'Name?',
  'gen_ai.completion.0.role': 'assistant',
  'gen_ai.completion.0.content': 'Ada.',
};

describe('litellm', () => {
  it('reads a request of the proxy with the details in the text of a dict', () => {
    const observation = normalise('Received Proxy Server Request', {
      ...request,
      'metadata.usage_object':
        "{'completion_tokens': 48, 'prompt_tokens': 1036, 'total_tokens': 1084, 'completion_tokens_details': {'reasoning_tokens': 32}, 'prompt_tokens_details': {'cached_tokens': 1024}}",
      'metadata.user_api_key_user_id': 'owner',
      'metadata.user_api_key_end_user_id': 'customer-9',
      'metadata.session_id': 's-1',
      'gen_ai.cost.input_cost': 0.1,
      'gen_ai.cost.output_cost': 0.2,
      'gen_ai.cost.total_cost': 0.3,
      hidden_params: '{"cache_key":null}',
    });
    expect(observation).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-5-mini-2025-08-07',
      input: '[{"role":"user","content":"Name?"}]',
      output: '[{"role":"assistant","content":"Ada."}]',
      providedUsage: {
        input: 12,
        output: 16,
        input_cached_tokens: 1024,
        output_reasoning_tokens: 32,
        total: 1084,
      },
      providedCost: { input: 0.1, output: 0.2, total: 0.3 },
      trace: { userId: 'customer-9', sessionId: 's-1' },
    });
  });

  it('charges nothing for an answer from the cache', () => {
    const hit = normalise('litellm_request', {
      ...request,
      'gen_ai.cost.total_cost': 0.3,
      hidden_params: '{"cache_key":"9f2c"}',
    });
    expect(hit.providedCost).toEqual({ total: 0 });
  });

  it('knows embeddings', () => {
    expect(normalise('litellm_request', { 'llm.request.type': 'aembedding' }).type).toBe('EMBEDDING');
  });

  it('keeps the raw request and the services of the proxy in the background', () => {
    expect(normalise('raw_gen_ai_request', { 'llm.openai.model': 'gpt-5-mini' })).toMatchObject({
      type: 'SPAN',
      level: 'DEBUG',
    });
    const service = { service: 'redis', call_type: 'async_set_cache' };
    expect(normalise('redis', service)).toMatchObject({ type: 'SPAN', level: 'DEBUG' });
    expect(normalise('redis', service, { statusCode: 2 }).level).toBe('ERROR');
  });
});
