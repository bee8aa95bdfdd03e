import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Encoding, encodingNameOf, encodingOf, isChatModel } from './encodings';
import { maxCountedCharacters, maxCountedTokens, TokenCounter } from './token-counter';

const o200k = encodingOf('o200k_base');
const count = (text: string) => new TokenCounter(o200k).count(text);

/** Prose, code, other scripts, long enough to be cut many times. */
const sentences = [
  'The quick brown fox, aged 7, jumps over the lazy dog.  It did so   twice!\n\n',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a sample of code
  'const value = items.map((item) => ({ ...item, id: `x-${item.id}` }));\n\t\treturn value;\n',
  'Der Donaudampfschifffahrtskapitän übt täglich; l’été dernier il a plu. ',
  '今天天气很好,我们去公园散步吧。 Привет, как дела? 👩‍👩‍👧 ',
  '{"role":"user","content":"hi","n":[1,2,3],"big":12345678901234567890}\n',
];

describe('TokenCounter', () => {
  it.each([
    ['hello world', 2],
    ['', 0],
    ['a', 1],
  ])('%j has %i tokens', (text, tokens) => {
    expect(count(text)).toBe(tokens);
  });

  it('counts a long text cut into slices as if it were whole', () => {
    for (const sentence of sentences) {
      const text = sentence.repeat(Math.ceil(60_000 / sentence.length));
      expect(count(text)).toBe(o200k.countTokens(text));
    }
    const mixed = sentences.join('').repeat(150);
    expect(count(mixed)).toBe(o200k.countTokens(mixed));
  });

  it('counts any mixture of sentences exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...sentences), { minLength: 50, maxLength: 400 }), (parts) => {
        const text = parts.join('');
        expect(count(text)).toBe(o200k.countTokens(text));
      }),
      { numRuns: 20 },
    );
  });

  it('never gives the encoding a run a language does not write, nor half a character', () => {
    const seen: string[] = [];
    const spy: Encoding = {
      countTokens: (text) => {
        seen.push(text);
        return text.length;
      },
    };
    const text = `${'a'.repeat(20_000)} ${'é'.repeat(500)}${'!'.repeat(500)}${' '.repeat(500)}${'😀'.repeat(500)}`;
    new TokenCounter(spy).count(text);
    expect(seen.join('')).toBe(text);
    for (const slice of seen) {
      expect(slice).not.toMatch(/[a-z]{129}|!{129}| {129}/);
      expect(slice).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it('extrapolates beyond its budget of characters', () => {
    const sentence = sentences[0] ?? '';
    const text = sentence.repeat(Math.ceil((2 * maxCountedCharacters) / sentence.length));
    const perSentence = o200k.countTokens(sentence.repeat(100)) / 100;
    const expected = (perSentence * text.length) / sentence.length;
    expect(Math.abs(count(text) - expected)).toBeLessThan(expected / 100);
  });

  it('spends one budget on all its texts, in characters and in tokens', () => {
    let characters = 0;
    const dense: Encoding = {
      countTokens: (text) => {
        characters += text.length;
        return text.length;
      },
    };
    const counter = new TokenCounter(dense);
    const text = 'ab '.repeat(10_000);
    for (let index = 0; index < 50; index++) expect(counter.count(text)).toBe(text.length);
    expect(characters).toBeLessThan(maxCountedTokens + 10_000);
  });
});

describe('encodings', () => {
  it.each([
    ['gpt-4o-mini', 'o200k_base', true],
    ['chatgpt-4o-latest', 'o200k_base', true],
    ['gpt-4.1', 'o200k_base', true],
    ['gpt-5-nano', 'o200k_base', true],
    ['o3-mini', 'o200k_base', true],
    ['gpt-4', 'cl100k_base', true],
    ['gpt-4-turbo', 'cl100k_base', true],
    ['gpt-3.5-turbo-0613', 'cl100k_base', true],
    ['gpt-3.5-turbo-instruct', 'cl100k_base', false],
    ['text-embedding-3-small', 'cl100k_base', false],
    ['text-davinci-003', 'p50k_base', false],
    ['davinci', 'r50k_base', false],
    ['nobody-knows', 'cl100k_base', false],
  ] as const)('%s: %s', (model, encoding, isChat) => {
    expect(encodingNameOf(model)).toBe(encoding);
    expect(isChatModel(model)).toBe(isChat);
  });

  it.each(['r50k_base', 'p50k_base', 'cl100k_base', 'o200k_base'] as const)('%s loads and counts', (name) => {
    expect(encodingOf(name).countTokens('hello world')).toBe(2);
  });

  it('does not refuse a text that speaks of special tokens', () => {
    expect(o200k.countTokens('what is <|endoftext|> for?')).toBeGreaterThan(3);
  });
});
