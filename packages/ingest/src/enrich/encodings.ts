import { createRequire } from 'node:module';

/**
 * The vocabularies of OpenAI's tokenizer. Each takes 20 to 70 MB once loaded, so none is before the first text
 * is to be counted with it. Loading is synchronous, once per process and vocabulary, and takes 0.1 to 0.2 s.
 */
export type EncodingName = 'o200k_base' | 'cl100k_base' | 'p50k_base' | 'r50k_base';

export interface Encoding {
  countTokens(text: string): number;
}

interface LoadedEncoding {
  countTokens(text: string, options: { allowedSpecial: 'all' }): number;
  setMergeCacheSize(size: number): void;
}

/** Words outside the vocabulary whose tokens are remembered, per encoding. */
const maxRememberedWords = 20_000;

const load = createRequire(import.meta.url);
const loaded = new Map<EncodingName, Encoding>();

export function encodingOf(name: EncodingName): Encoding {
  let encoding = loaded.get(name);
  if (encoding === undefined) {
    const module: LoadedEncoding = load(`gpt-tokenizer/encoding/${name}`);
    module.setMergeCacheSize(maxRememberedWords);
    // Texts that speak of special tokens are texts like others: they must not throw.
    encoding = { countTokens: (text) => module.countTokens(text, { allowedSpecial: 'all' }) };
    loaded.set(name, encoding);
  }
  return encoding;
}

/** First match counts. */
const encodingsByModel: readonly [RegExp, EncodingName][] = [
  [
    /^(?:chatgpt-4o|gpt-4o|gpt-4\.[1-9]|gpt-[5-9]|gpt-oss|gpt-audio|gpt-realtime|gpt-image|o\d|codex-mini|computer-use)/,
    'o200k_base',
  ],
  [/^(?:text-davinci-00[23]|code-(?:davinci|cushman))/, 'p50k_base'],
  [/^(?:davinci|babbage)-002/, 'cl100k_base'],
  [/^(?:text-)?(?:davinci|curie|babbage|ada)(?:-|$)/, 'r50k_base'],
];

/** The encoding of an OpenAI model; `cl100k_base` for any that is not known. */
export function encodingNameOf(tokenizerModel: string): EncodingName {
  const name = tokenizerModel.toLowerCase();
  return encodingsByModel.find(([pattern]) => pattern.test(name))?.[1] ?? 'cl100k_base';
}

export const isChatModel = (tokenizerModel: string): boolean =>
  /^(?:chatgpt-|gpt-(?:3\.5|35)-turbo(?!-instruct)|gpt-[4-9]|gpt-oss|gpt-audio|o\d)/.test(
    tokenizerModel.toLowerCase(),
  );
