import type { ModelDefinition } from '@tracewell/domain';
import { pricingTiersAt } from '@tracewell/domain';
import { RE2JS } from 're2js';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type BuiltInPrices, loadBuiltInPrices } from './built-in-prices';

// A table of names as they come on the wire, with published list prices: longer than other tests, as a table may be.

let prices: BuiltInPrices;
beforeAll(async () => {
  prices = await loadBuiltInPrices();
});

const at = (iso: string) => Date.parse(iso) * 1000;

/** Prices of the standard tier, in dollars per million, as a person writes them. */
function perMillion(definition: ModelDefinition | null, key: string, time = at('2026-01-15T12:00:00Z')) {
  const tiers = definition === null ? [] : pricingTiersAt(definition, time);
  const price = tiers.find(({ isDefault }) => isDefault)?.prices[key];
  return price === undefined ? undefined : Number((price * 1e6).toPrecision(12));
}

/** name, definition, input, output */
const table: [string, string, number, number | undefined][] = [
  ['gpt-4o', 'openai.gpt-4o', 2.5, 10],
  ['GPT-4o', 'openai.gpt-4o', 2.5, 10],
  ['gpt-4o-2024-05-13', 'openai.gpt-4o-2024-05-13', 5, 15],
  ['gpt-4o-2024-08-06', 'openai.gpt-4o', 2.5, 10],
  ['gpt-4o-2024-11-20', 'openai.gpt-4o', 2.5, 10],
  ['gpt-4o-2031-01-01', 'openai.gpt-4o', 2.5, 10],
  ['gpt-4o-mini', 'openai.gpt-4o-mini', 0.15, 0.6],
  ['gpt-4o-mini-2024-07-18', 'openai.gpt-4o-mini', 0.15, 0.6],
  ['openai/gpt-4o-mini-2024-07-18', 'openai.gpt-4o-mini', 0.15, 0.6],
  ['openai:gpt-4o', 'openai.gpt-4o', 2.5, 10],
  ['litellm_proxy/gpt-4o', 'openai.gpt-4o', 2.5, 10],
  ['litellm_proxy/openai/gpt-4o', 'openai.gpt-4o', 2.5, 10],
  ['azure/gpt-4o', 'openai.gpt-4o', 2.5, 10],
  ['azure/gpt-35-turbo', 'openai.gpt-3.5-turbo', 0.5, 1.5],
  ['gpt-35-turbo-16k', 'openai.gpt-3.5-turbo-16k', 3, 4],
  ['gpt-3.5-turbo', 'openai.gpt-3.5-turbo', 0.5, 1.5],
  ['gpt-3.5-turbo-0125', 'openai.gpt-3.5-turbo', 0.5, 1.5],
  ['gpt-3.5-turbo-1106', 'openai.gpt-3.5-turbo-1106', 1, 2],
  ['gpt-4', 'openai.gpt-4', 30, 60],
  ['gpt-4-0613', 'openai.gpt-4', 30, 60],
  ['gpt-4-32k', 'openai.gpt-4-32k', 60, 120],
  ['gpt-4-turbo', 'openai.gpt-4-turbo', 10, 30],
  ['gpt-4-turbo-2024-04-09', 'openai.gpt-4-turbo', 10, 30],
  ['gpt-4-1106-preview', 'openai.gpt-4-turbo', 10, 30],
  ['gpt-4.1', 'openai.gpt-4.1', 2, 8],
  ['gpt-4.1-2025-04-14', 'openai.gpt-4.1', 2, 8],
  ['gpt-4.1-mini', 'openai.gpt-4.1-mini', 0.4, 1.6],
  ['gpt-4.1-nano', 'openai.gpt-4.1-nano', 0.1, 0.4],
  ['gpt-5', 'openai.gpt-5', 1.25, 10],
  ['gpt-5-2025-08-07', 'openai.gpt-5', 1.25, 10],
  ['gpt-5-mini', 'openai.gpt-5-mini', 0.25, 2],
  ['gpt-5-nano', 'openai.gpt-5-nano', 0.05, 0.4],
  ['chatgpt-4o-latest', 'openai.chatgpt-4o-latest', 5, 15],
  ['o1-2024-12-17', 'openai.o1', 15, 60],
  ['o3-2025-04-16', 'openai.o3', 2, 8],
  ['o3-mini', 'openai.o3-mini', 1.1, 4.4],
  ['o4-mini-2025-04-16', 'openai.o4-mini', 1.1, 4.4],
  ['text-embedding-3-small', 'openai.text-embedding-3-small', 0.02, undefined],
  ['openai/text-embedding-3-large', 'openai.text-embedding-3-large', 0.13, undefined],
  ['text-embedding-ada-002', 'openai.text-embedding-ada-002', 0.1, undefined],
  ['ft:gpt-4o-2024-08-06:acme::abc', 'openai.ft~gpt-4o', 3.75, 15],
  ['ft:gpt-4o-mini-2024-07-18:acme:x:1', 'openai.ft~gpt-4o-mini', 0.3, 1.2],

  ['claude-3-5-sonnet-20240620', 'anthropic.claude-3-5-sonnet', 3, 15],
  ['claude-3-5-sonnet-20241022', 'anthropic.claude-3-5-sonnet', 3, 15],
  ['claude-3-5-sonnet-latest', 'anthropic.claude-3-5-sonnet', 3, 15],
  ['anthropic/claude-3.5-sonnet', 'anthropic.claude-3-5-sonnet', 3, 15],
  ['anthropic/claude-3-5-sonnet-20241022', 'anthropic.claude-3-5-sonnet', 3, 15],
  ['claude-3-5-haiku-20241022', 'anthropic.claude-3-5-haiku-latest', 0.8, 4],
  ['claude-3-opus-20240229', 'anthropic.claude-3-opus-latest', 15, 75],
  ['claude-3-haiku-20240307', 'anthropic.claude-3-haiku', 0.25, 1.25],
  ['claude-3-7-sonnet-20250219', 'anthropic.claude-3-7-sonnet-latest', 3, 15],
  ['claude-sonnet-4-20250514', 'anthropic.claude-sonnet-4-0', 3, 15],
  ['claude-sonnet-4-5-20250929', 'anthropic.claude-sonnet-4-5', 3, 15],
  ['anthropic:claude-sonnet-4-5', 'anthropic.claude-sonnet-4-5', 3, 15],
  ['claude-opus-4-1-20250805', 'anthropic.claude-opus-4-1', 15, 75],
  ['claude-opus-4-5-20251101', 'anthropic.claude-opus-4-5', 5, 25],
  ['claude-haiku-4-5-20251001', 'anthropic.claude-haiku-4-5', 1, 5],
  ['claude-2.1', 'anthropic.claude-2', 8, 24],

  [
    'anthropic.claude-3-5-sonnet-20240620-v1:0',
    'aws.regional.anthropic.claude-3-5-sonnet-20240620-v1~0',
    3,
    15,
  ],
  [
    'eu.anthropic.claude-3-5-sonnet-20240620-v1:0',
    'aws.regional.anthropic.claude-3-5-sonnet-20240620-v1~0',
    3,
    15,
  ],
  [
    'bedrock/us-east-1/anthropic.claude-3-haiku-20240307-v1:0',
    'aws.regional.anthropic.claude-3-haiku-20240307-v1~0',
    0.25,
    1.25,
  ],
  [
    'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'aws.global.anthropic.claude-sonnet-4-5-20250929-v1~0',
    3,
    15,
  ],
  [
    'bedrock/converse/eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'aws.regional.anthropic.claude-sonnet-4-5-20250929-v1~0',
    3.3,
    16.5,
  ],
  [
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-5-sonnet-20241022-v2:0',
    'aws.regional.anthropic.claude-3-5-sonnet-20241022-v2~0',
    3,
    15,
  ],
  ['anthropic.claude-v2:1', 'anthropic.claude-2', 8, 24],
  ['us.amazon.nova-pro-v1:0', 'aws.amazon.nova-pro-v1~0', 0.8, 3.2],
  ['us.meta.llama3-3-70b-instruct-v1:0', 'aws.meta.llama3-3-70b-instruct-v1~0', 0.72, 0.72],

  ['claude-3-5-sonnet@20240620', 'anthropic.claude-3-5-sonnet', 3, 15],
  ['claude-3-5-sonnet-v2@20241022', 'anthropic.claude-3-5-sonnet', 3, 15],
  ['claude-sonnet-4@20250514', 'anthropic.claude-sonnet-4-0', 3, 15],
  ['publishers/anthropic/models/claude-sonnet-4-5@20250929', 'anthropic.claude-sonnet-4-5', 3, 15],
  ['vertex_ai/claude-3-5-sonnet@20240620', 'google.claude-3-5-sonnet', 3, 15],

  ['gemini-1.5-flash', 'google.gemini-1.5-flash', 0.075, 0.3],
  ['gemini-1.5-pro-002', 'google.gemini-1.5-pro', 1.25, 5],
  ['gemini-2.0-flash', 'google.gemini-2.0-flash', 0.1, 0.4],
  ['gemini-2.0-flash-001', 'google.gemini-2.0-flash', 0.1, 0.4],
  ['models/gemini-2.0-flash', 'google.gemini-2.0-flash', 0.1, 0.4],
  ['google/gemini-2.0-flash-001', 'google.gemini-2.0-flash', 0.1, 0.4],
  ['google_genai:gemini-2.0-flash', 'google.gemini-2.0-flash', 0.1, 0.4],
  [
    'projects/p/locations/us-central1/publishers/google/models/gemini-2.0-flash-001',
    'google.gemini-2.0-flash',
    0.1,
    0.4,
  ],
  ['gemini-2.0-flash-lite', 'google.gemini-2.0-flash-lite', 0.075, 0.3],
  ['gemini-2.5-pro', 'google.gemini-2.5-pro', 1.25, 10],
  ['vertex_ai/gemini-2.5-pro', 'google.gemini-2.5-pro', 1.25, 10],
  ['gemini-2.5-flash', 'google.gemini-2.5-flash', 0.3, 2.5],

  ['mistral/mistral-large-latest', 'mistral.mistral-large', 2, 6],
  ['command-r-plus', 'cohere.command-r-plus', 2.5, 10],
  ['xai/grok-3', 'x-ai.grok-3', 3, 15],
  ['groq/llama-3.3-70b-versatile', 'groq.llama-3.3-70b-versatile', 0.59, 0.79],
  ['llama-3.1-8b-instant', 'groq.llama-3.1-8b-instant', 0.05, 0.08],
  ['openrouter/anthropic/claude-3.5-sonnet', 'openrouter.anthropic~claude-3.5-sonnet', 3, 15],
  [
    'together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo',
    'together.meta-llama~Llama-3.3-70B-Instruct-Turbo',
    0.88,
    0.88,
  ],
  ['accounts/fireworks/models/llama-v3p1-8b-instruct', 'fireworks.llama-v3p1-8b-instruct', 0.2, 0.2],
  ['perplexity/sonar-pro', 'perplexity.sonar-pro', 3, 15],
  ['voyage-3', 'voyageai.voyage-3', 0.06, undefined],
];

describe('names on the wire', () => {
  it.each(table)('%s is %s', (name, id, input, output) => {
    const definition = prices.findByModelName(name);
    expect(definition?.id).toBe(`builtin.${id}`);
    expect(perMillion(definition, 'input')).toBe(input);
    expect(perMillion(definition, 'output')).toBe(output);
  });

  it.each(['ollama/llama3', 'my-own-model', '', 'gpt', `gpt-4o${'x'.repeat(300)}`, 'vllm/gpt-4o'])(
    '%s is none of them',
    (name) => {
      expect(prices.findByModelName(name)).toBeNull();
    },
  );
});

describe('prices by usage key', () => {
  it.each([
    ['claude-sonnet-4-5', 'input_cached_tokens', 0.3],
    ['claude-sonnet-4-5', 'cache_read_input_tokens', 0.3],
    ['claude-sonnet-4-5', 'input_cache_read', 0.3],
    ['claude-sonnet-4-5', 'cache_creation_input_tokens', 3.75],
    ['claude-sonnet-4-5', 'input_cache_creation', 3.75],
    ['claude-sonnet-4-5', 'input_cache_creation_5m', 3.75],
    ['claude-sonnet-4-5', 'input_cache_creation_1h', 6],
    ['claude-sonnet-4-5', 'input_tokens', 3],
    ['gpt-4o', 'input_cached_tokens', 1.25],
    ['o3-mini', 'output_reasoning_tokens', 4.4],
    ['o3-mini', 'output_reasoning', 4.4],
    ['o3-mini', 'reasoning_tokens', 4.4],
    ['gpt-realtime', 'input_audio_tokens', 32],
    ['gpt-realtime', 'output_audio', 64],
    ['gpt-realtime', 'input_cached_audio_tokens', 0.4],
    // Audio is never taken for text: without a price of its own it has none.
    ['gpt-4o-audio-preview', 'input_audio_tokens', undefined],
    ['gemini-2.5-flash', 'prompt_token_count', 0.3],
    ['gemini-2.5-flash', 'candidatesTokenCount', 2.5],
    ['gemini-2.5-flash', 'thoughts_token_count', 2.5],
    ['gemini-2.5-flash', 'input_audio_tokens', 1],
    // A part without a price of its own costs what its whole does.
    ['gpt-4o', 'output_accepted_prediction_tokens', 10],
    ['gpt-4o', 'input_text_tokens', 2.5],
    ['text-embedding-3-small', 'total', 0.02],
  ])('%s: %s', (name, key, dollars) => {
    expect(perMillion(prices.findByModelName(name), key)).toBe(dollars);
  });

  it('has no price for a key that means nothing', () => {
    expect(perMillion(prices.findByModelName('gpt-4o'), 'total')).toBeUndefined();
    expect(perMillion(prices.findByModelName('gpt-4o'), 'prompt_tokens_details')).toBeUndefined();
  });
});

describe('tiers and dates', () => {
  it('has a tier for long contexts, before Standard', () => {
    const tiers = prices.findByModelName('gemini-2.5-pro')?.pricingTiers ?? [];
    expect(tiers.map(({ name, priority, isDefault }) => ({ name, priority, isDefault }))).toEqual([
      { name: 'Standard', priority: 0, isDefault: true },
      { name: 'Large Context (>200K)', priority: 1, isDefault: false },
    ]);
    expect(tiers[1]?.prices.input).toBe(0.0000025);
    expect(tiers[1]?.conditions).toEqual([
      { usageDetailPattern: 'input|prompt|cache', operator: 'gt', value: 200_000, caseSensitive: false },
    ]);
  });

  it('prices by the day of the observation', () => {
    const o3 = prices.findByModelName('o3');
    expect(perMillion(o3, 'input', at('2025-06-09T23:59:59Z'))).toBe(10);
    expect(perMillion(o3, 'input', at('2025-06-10T00:00:00Z'))).toBe(2);
  });
});

describe('the list', () => {
  it('names every model once, by an id that is safe in a URL', () => {
    const all = prices.list();
    expect(all.length).toBeGreaterThan(1_000);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ modelName }) => modelName)).size).toBe(all.length);
    for (const { id } of all) expect(encodeURIComponent(id)).toBe(id);
  });

  it('finds every model again by its id', () => {
    for (const definition of prices.list()) expect(prices.findById(definition.id)).toBe(definition);
    expect(prices.findById('builtin.openai.none')).toBeNull();
  });

  it('has tiers every definition may have: one default, unique names and priorities, the same keys', () => {
    for (const definition of prices.list()) {
      for (const tiers of [
        definition.pricingTiers,
        ...(definition.datedTiers ?? []).map((dated) => dated.pricingTiers),
      ]) {
        expect(tiers.filter(({ isDefault }) => isDefault)).toHaveLength(1);
        expect(new Set(tiers.map(({ name }) => name)).size).toBe(tiers.length);
        expect(new Set(tiers.map(({ priority }) => priority)).size).toBe(tiers.length);
        const keys = tiers.map((tier) => Object.keys(tier.prices).sort().join());
        expect(new Set(keys).size).toBe(1);
        expect(tiers.every((tier) => Object.values(tier.prices).every((price) => price >= 0))).toBe(true);
      }
    }
  });

  it('describes each by a pattern of the linear engine that finds its own name', () => {
    for (const { modelName, matchPattern } of prices.list()) {
      const pattern = RE2JS.compile(matchPattern);
      if (['gpt-4o', 'claude-sonnet-4-5', 'gemini-2.5-pro'].includes(modelName)) {
        expect(pattern.test(modelName)).toBe(true);
        expect(pattern.test(`vendor/${modelName}`)).toBe(true);
        expect(pattern.test(`not-${modelName}`)).toBe(false);
      }
    }
  });

  it('asks nobody: the library is left as it was released', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    await loadBuiltInPrices();
    prices.findByModelName('gpt-4o');
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });
});
