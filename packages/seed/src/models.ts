import type { Random } from './random';

/** What a model of a provider is like: its speed, and the names by which its provider counts tokens. */
interface ModelTraits {
  provider: 'openai' | 'anthropic' | 'google' | 'mistral';
  firstTokenMs: number;
  tokensPerSecond: number;
  /** Tokens thought before the first one that is said, for each one said. */
  reasoning?: number;
}

export const models = {
  'gpt-4.1-mini-2025-04-14': { provider: 'openai', firstTokenMs: 420, tokensPerSecond: 95 },
  'gpt-4o-mini-2024-07-18': { provider: 'openai', firstTokenMs: 390, tokensPerSecond: 80 },
  'gpt-5-mini': { provider: 'openai', firstTokenMs: 700, tokensPerSecond: 110, reasoning: 2.2 },
  'claude-sonnet-4-5': { provider: 'anthropic', firstTokenMs: 950, tokensPerSecond: 62 },
  'claude-haiku-4-5': { provider: 'anthropic', firstTokenMs: 480, tokensPerSecond: 140 },
  'gemini-2.5-flash': { provider: 'google', firstTokenMs: 510, tokensPerSecond: 150, reasoning: 0.8 },
  'mistral-small-latest': { provider: 'mistral', firstTokenMs: 350, tokensPerSecond: 120 },
} as const satisfies Record<string, ModelTraits>;
export type ModelName = keyof typeof models;

const cacheKeys = {
  openai: { read: 'input_cached_tokens' },
  google: { read: 'cached_content_token_count' },
  anthropic: { read: 'cache_read_input_tokens', write: 'cache_creation_input_tokens' },
  mistral: null,
} as const;
const reasoningKeys = { openai: 'output_reasoning_tokens', google: 'thoughts_token_count' } as const;
const charsPerToken = 3.9;
/** Providers keep no shorter beginnings. */
const minCachedTokens = 1_024;

export const tokensOf = (content: unknown): number =>
  Math.ceil((typeof content === 'string' ? content : JSON.stringify(content)).length / charsPerToken);

export interface CallCost {
  usage: Record<string, number>;
  firstTokenMs: number;
  durationMs: number;
}

/** Tokens and time of one call. `cacheable` are the tokens of its beginning that an earlier call had as well. */
export function measureCall(
  random: Random,
  model: ModelName,
  call: { inputTokens: number; outputTokens: number; cacheable?: number },
): CallCost {
  const traits: ModelTraits = models[model];
  const { inputTokens, outputTokens } = call;
  const usage: Record<string, number> = { input: inputTokens, output: outputTokens };
  const cache = cacheKeys[traits.provider];
  const cached = Math.min(inputTokens, Math.floor((call.cacheable ?? 0) / 128) * 128);
  if (cache && cached >= minCachedTokens) {
    usage.input = inputTokens - cached;
    usage[cache.read] = cached;
    if ('write' in cache) {
      // What is new goes into the cache, but for the last few tokens.
      usage[cache.write] = Math.max(0, usage.input - 4);
      usage.input -= usage[cache.write]!;
    }
  }
  const thought = traits.reasoning ? Math.round(random.around(outputTokens * traits.reasoning, 0.5)) : 0;
  if (thought > 0) usage[reasoningKeys[traits.provider as keyof typeof reasoningKeys]] = thought;
  const perTokenMs = 1_000 / random.around(traits.tokensPerSecond, 0.15);
  const firstTokenMs = Math.round(
    random.around(traits.firstTokenMs, 0.3) + thought * perTokenMs + inputTokens * 0.012,
  );
  return {
    usage: { ...usage, total: inputTokens + outputTokens + thought },
    firstTokenMs,
    durationMs: firstTokenMs + Math.round(outputTokens * perTokenMs),
  };
}
