import type { ModelDefinition, ObservationType } from '@tracewell/domain';
import { describe, expect, it } from 'vitest';
import { countUsage } from './tokens';

const model = (
  tokenizerId: string | null,
  tokenizerConfig: ModelDefinition['tokenizerConfig'] = null,
): ModelDefinition => ({
  id: 'm',
  projectId: null,
  modelName: 'm',
  matchPattern: 'm',
  startDate: null,
  unit: 'TOKENS',
  tokenizerId,
  tokenizerConfig,
  pricingTiers: [],
});
const gpt4o = model('openai', { tokenizerModel: 'gpt-4o', tokensPerMessage: 3, tokensPerName: 1 });
const usageOf = (
  definition: ModelDefinition,
  input: string,
  output = '',
  type: ObservationType = 'GENERATION',
) => ({ ...countUsage({ type, input, output }, definition) });

describe('countUsage', () => {
  it('counts input and output apart', () => {
    expect(usageOf(gpt4o, 'hello world', 'hello')).toEqual({ input: 2, output: 1, total: 3 });
  });

  it('names only what has a text', () => {
    expect(usageOf(gpt4o, 'hello world')).toEqual({ input: 2, total: 2 });
    expect(usageOf(gpt4o, '', 'hello')).toEqual({ output: 1, total: 1 });
    expect(usageOf(gpt4o, '', '')).toEqual({});
    expect(usageOf(gpt4o, 'null', '[]')).toEqual({});
  });

  // Per message 3 + role + content; 3 for the chat.
  it('counts a chat by its messages', () => {
    expect(usageOf(gpt4o, '[{"role":"user","content":"hello world"}]')).toEqual({ input: 9, total: 9 });
    expect(
      usageOf(gpt4o, '[{"role":"user","content":"hello world"},{"role":"assistant","content":"hello"}]'),
    ).toEqual({ input: 9 + 5, total: 14 });
  });

  it('counts one token more for a message with a name, and what stands in its calls', () => {
    const named = usageOf(gpt4o, '[{"role":"user","name":"bob","content":"hello world"}]').input ?? 0;
    const nameless = usageOf(gpt4o, '[{"role":"user","content":"hello world"}]').input ?? 0;
    const bob = usageOf(gpt4o, 'bob').input ?? 0;
    expect(named).toBe(nameless + bob + 1);
    const calls = '[{"id":"c","function":{"name":"f","arguments":"{}"}}]';
    const calling = usageOf(gpt4o, `[{"role":"assistant","content":"","tool_calls":${calls}}]`).input ?? 0;
    expect(calling).toBe(3 + 1 + (usageOf(gpt4o, calls).input ?? 0) + 3);
  });

  it('takes the tokens per message and name from the definition', () => {
    const custom = model('openai', { tokenizerModel: 'gpt-4o', tokensPerMessage: 10, tokensPerName: 0 });
    expect(usageOf(custom, '[{"role":"user","content":"hello world"}]').input).toBe(16);
  });

  it('counts what is no chat as the text it is', () => {
    const parts = '[{"role":"user","content":[{"type":"text","text":"hi"}]}]';
    const text = usageOf(model('openai', { tokenizerModel: 'text-embedding-3-small' }), parts).input;
    expect(usageOf(model('openai', { tokenizerModel: 'gpt-4' }), parts).input).toBe(text);
    expect(usageOf(gpt4o, '[not json').input).toBeGreaterThan(1);
  });

  it('estimates Claude, and leaves out who has no tokenizer', () => {
    expect(usageOf(model('claude'), 'hello world', 'hello')).toEqual({ input: 2, output: 1, total: 3 });
    expect(usageOf(model(null), 'hello world')).toEqual({});
    expect(usageOf(model('sentencepiece'), 'hello world')).toEqual({});
  });

  it('does not take the numbers of an embedding for text', () => {
    expect(usageOf(gpt4o, 'hello world', '[0.1,0.2,0.3]', 'EMBEDDING')).toEqual({ input: 2, total: 2 });
  });

  it('gives an estimate for a megabyte of one letter', () => {
    const usage = usageOf(gpt4o, 'a'.repeat(1_000_000));
    expect(usage.input).toBeGreaterThan(1_000_000 / 16);
    expect(usage.input).toBeLessThan(1_000_000);
  });
});
