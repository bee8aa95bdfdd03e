import { describe, expect, it } from 'vitest';
import { providerUsage, splitUsage } from './provider-usage';

describe('splitUsage', () => {
  it('takes cached tokens out of an input that includes them', () => {
    expect(splitUsage({ input: 100, output: 20, cacheRead: 60, total: 120 })).toEqual({
      input: 40,
      output: 20,
      input_cached_tokens: 60,
      total: 120,
    });
  });

  it('leaves the input alone when only then the total adds up', () => {
    expect(splitUsage({ input: 100, output: 20, cacheRead: 60, cacheWrite: 5, total: 185 })).toEqual({
      input: 100,
      output: 20,
      input_cached_tokens: 60,
      input_cache_creation: 5,
      total: 185,
    });
  });

  it('sees that more cached tokens than input cannot be part of it', () => {
    expect(splitUsage({ input: 4, output: 2, cacheRead: 900 })).toEqual({
      input: 4,
      output: 2,
      input_cached_tokens: 900,
      total: 906,
    });
  });

  it('knows a total without parts, and nothing from nothing', () => {
    expect(splitUsage({ total: 7 })).toEqual({ total: 7 });
    expect(splitUsage({ cacheRead: 7 })).toBeUndefined();
  });
});

describe('providerUsage', () => {
  it.each([
    [
      'OpenAI chat',
      {
        prompt_tokens: 50,
        completion_tokens: 30,
        total_tokens: 80,
        prompt_tokens_details: { cached_tokens: 10, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 12, audio_tokens: 0 },
      },
      { input: 40, output: 18, input_cached_tokens: 10, output_reasoning_tokens: 12, total: 80 },
    ],
    [
      'OpenAI responses',
      {
        input_tokens: 50,
        output_tokens: 30,
        total_tokens: 80,
        input_tokens_details: { cached_tokens: 10 },
        output_tokens_details: { reasoning_tokens: 12 },
      },
      { input: 40, output: 18, input_cached_tokens: 10, output_reasoning_tokens: 12, total: 80 },
    ],
    [
      'Anthropic',
      { input_tokens: 5, output_tokens: 30, cache_read_input_tokens: 3, cache_creation_input_tokens: 900 },
      { input: 5, output: 30, input_cached_tokens: 3, input_cache_creation: 900, total: 938 },
    ],
    [
      'Gemini',
      {
        promptTokenCount: 40,
        candidatesTokenCount: 8,
        thoughtsTokenCount: 30,
        toolUsePromptTokenCount: 6,
        cachedContentTokenCount: 25,
        totalTokenCount: 84,
      },
      {
        input: 15,
        output: 8,
        input_cached_tokens: 25,
        output_reasoning_tokens: 30,
        input_tool_use_tokens: 6,
        total: 84,
      },
    ],
    [
      'LangChain',
      {
        input_tokens: 50,
        output_tokens: 30,
        total_tokens: 80,
        input_token_details: { cache_read: 20 },
        output_token_details: {},
      },
      { input: 30, output: 30, input_cached_tokens: 20, total: 80 },
    ],
  ])('reads %s', (_provider, usage, expected) => {
    expect(providerUsage(usage)).toEqual(expected);
  });

  it('answers nothing to what is no usage', () => {
    expect(providerUsage({ duration: 3 })).toBeUndefined();
    expect(providerUsage('12')).toBeUndefined();
  });
});
