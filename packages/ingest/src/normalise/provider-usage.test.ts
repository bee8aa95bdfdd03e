import { describe, expect, it } from 'vitest';
import { providerUsage } from './provider-usage';

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
