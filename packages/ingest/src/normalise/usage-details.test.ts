import { describe, expect, it } from 'vitest';
import { normaliseCostDetails, normaliseUsageDetails } from './usage-details';

describe('normaliseUsageDetails', () => {
  it('splits the two shapes of OpenAI', () => {
    expect(
      normaliseUsageDetails({
        input_tokens: 100,
        output_tokens: 50,
        total_tokens: 150,
        input_tokens_details: { cached_tokens: 120 },
        output_tokens_details: { reasoning_tokens: 20 },
      }),
    ).toEqual({ input: 0, input_cached_tokens: 120, output: 30, output_reasoning_tokens: 20, total: 150 });
    expect(normaliseUsageDetails({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 })).toEqual({
      input: 3,
      output: 4,
      total: 7,
    });
  });

  it('keeps any other map as it is, less what is no count', () => {
    expect(
      normaliseUsageDetails({
        prompt_tokens: 3,
        completion_tokens: 4,
        total_tokens: 7,
        mine: '2',
        bad: -1,
        x: null,
      }),
    ).toEqual({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, mine: 2 });
    const hostile = normaliseUsageDetails(JSON.parse('{"__proto__": 1}'));
    expect(Object.keys(hostile)).toEqual(['__proto__']);
  });
});

it('normaliseCostDetails keeps amounts of dollars', () => {
  expect(normaliseCostDetails({ input: 0.1, total: '0.2', bad: -1, none: null })).toEqual({
    input: 0.1,
    total: 0.2,
  });
});
