import { describe, expect, it } from 'vitest';
import { makeSpan } from './make-span';
import { readUsage } from './usage';

describe('readUsage', () => {
  const read = (attributes: Record<string, string | number>, scope = '') =>
    readUsage(makeSpan({ attributes, scope }), 'gen_ai.usage.', 'llm.usage.');

  it('reads every spelling of the cache', () => {
    const spellings: [string, string][] = [
      ['cache_read.input_tokens', 'cache_creation.input_tokens'],
      ['cache_read_input_tokens', 'cache_creation_input_tokens'],
      ['details.cache_read_tokens', 'details.cache_write_tokens'],
      ['prompt_details.cache_read', 'prompt_details.cache_write'],
    ];
    for (const [readKey, writeKey] of spellings)
      expect(
        read({
          'gen_ai.usage.input_tokens': 100,
          'gen_ai.usage.output_tokens': '7',
          [`gen_ai.usage.${readKey}`]: 60,
          [`gen_ai.usage.${writeKey}`]: 30,
        }),
      ).toEqual({ input: 10, input_cached_tokens: 60, input_cache_creation: 30, output: 7, total: 107 });
  });

  it('knows instrumentations that pass on what Anthropic calls input', () => {
    const attributes = { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.cache_read_input_tokens': 60 };
    expect(read(attributes, 'openlit.otel.tracing')?.input).toBe(100);
    expect(read(attributes, 'com.anthropic.claude_code')?.input).toBe(100);
    expect(read(attributes, 'com.anthropic.sdk.python')?.input).toBe(40);
    expect(read(attributes, 'opentelemetry.instrumentation.anthropic')?.input).toBe(40);
  });

  it('splits cache writes by how long they are kept', () => {
    expect(
      read({
        'gen_ai.usage.input_tokens': 10,
        'gen_ai.usage.cache_creation_input_tokens': 300,
        'gen_ai.usage.cache_creation.ephemeral_1h_input_tokens': 300,
      }),
    ).toEqual({ input: 10, input_cache_creation_1h: 300, total: 310 });
  });

  it('passes over costs, repeated counts and what is no count', () => {
    expect(
      read({
        'gen_ai.usage.cost': 0.1,
        'gen_ai.usage.details.input_tokens': 5,
        'gen_ai.usage.input_tokens': 'many',
        'gen_ai.usage.output_tokens': -1,
        'gen_ai.usage.half': 0.5,
      }),
    ).toBeUndefined();
    expect(read({ 'gen_ai.usage.details.web_searches': 2, 'llm.usage.total_tokens': 4 })).toEqual({
      total: 4,
      web_searches: 2,
    });
  });
});
