import { describe, expect, it } from 'vitest';
import { readCost, readUsage } from './usage';

const usage = (legacy: unknown, details?: unknown) => {
  const map = readUsage(legacy, details);
  return map && { ...map };
};
const cost = (legacy: unknown, details?: unknown) => {
  const map = readCost(legacy, details);
  return map && { ...map };
};

describe('usage', () => {
  it.each([
    [
      { input: 1, output: 2, total: 9, unit: 'TOKENS' },
      { input: 1, output: 2, total: 9 },
    ],
    [
      { input: 1, output: 2 },
      { input: 1, output: 2, total: 3 },
    ],
    [{ input: 1 }, { input: 1, total: 1 }],
    [
      { output: 2, input: null },
      { output: 2, total: 2 },
    ],
    [
      { input: 0, output: 0 },
      { input: 0, output: 0 },
    ],
    [{ total: 7 }, { total: 7 }],
    [
      { promptTokens: 1, completionTokens: 2, totalTokens: 3 },
      { input: 1, output: 2, total: 3 },
    ],
    [
      { promptTokens: 1, completionTokens: 2 },
      { input: 1, output: 2, total: 3 },
    ],
    [
      { input: -1, output: 2 },
      { output: 2, total: 2 },
    ],
    [{ unit: 'TOKENS' }, null],
    [{}, null],
    [null, null],
  ])('%j is %j', (given, expected) => expect(usage(given)).toEqual(expected));

  it('is overlaid by its details, and then has no total of its own', () => {
    expect(usage({ input: 1, output: 2 }, { output: 5, cache_read: 3 })).toEqual({
      input: 1,
      output: 5,
      cache_read: 3,
    });
    expect(usage({ input: 1, output: 2, total: 3 }, { input: 5 })).toEqual({ input: 5, output: 2, total: 3 });
  });

  it('of chat completions is split into buckets that exclude each other', () => {
    expect(
      usage(undefined, {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        prompt_tokens_details: { cached_tokens: 4, audio_tokens: null },
        completion_tokens_details: { reasoning_tokens: 8 },
      }),
    ).toEqual({ input: 6, input_cached_tokens: 4, output: 0, output_reasoning_tokens: 8, total: 15 });
  });

  it('of responses is split likewise', () => {
    expect(
      usage(undefined, {
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        input_tokens_details: null,
        output_tokens_details: { reasoning_tokens: 2 },
      }),
    ).toEqual({ input: 10, output: 3, output_reasoning_tokens: 2, total: 15 });
  });

  it('with any other key is a free map', () => {
    expect(usage(undefined, { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, extra: 4 })).toEqual({
      prompt_tokens: 1,
      completion_tokens: 2,
      total_tokens: 3,
      extra: 4,
    });
  });

  it('that is free keeps what is a count', () => {
    expect(
      usage(undefined, {
        a: 1,
        b: '2',
        c: 1.5,
        d: -1,
        e: 'x',
        f: null,
        g: { h: 1 },
        i: [1],
        j: '1e3',
        k: true,
      }),
    ).toEqual({ a: 1, b: 2 });
    expect(usage(undefined, { c: 1.5 })).toBeNull();
  });

  it('keeps keys of the prototype as keys', () => {
    const map = readUsage(undefined, JSON.parse('{"__proto__":1,"constructor":2}'));
    expect(Object.entries(map!)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });
});

describe('cost', () => {
  it.each([
    [{ inputCost: 0.1, outputCost: 0.2, totalCost: 0.3 }, undefined, { input: 0.1, output: 0.2, total: 0.3 }],
    [{ inputCost: 0.1 }, { input: 0.5, cache: 0 }, { input: 0.5, cache: 0 }],
    [{ promptTokens: 1, inputCost: 0.1 }, undefined, null],
    [undefined, { input: 1, a: -1, b: '2', c: null }, { input: 1 }],
    [undefined, undefined, null],
  ])('%j with %j is %j', (legacy, details, expected) => expect(cost(legacy, details)).toEqual(expected));
});
