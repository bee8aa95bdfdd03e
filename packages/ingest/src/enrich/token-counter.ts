import type { Encoding } from './encodings';

/**
 * Counts the tokens of texts within a budget. Byte pair encoding takes time in the square of a piece, and a
 * piece is any run of letters (or of marks, or of spaces): 1 MB of "a" would take minutes. So a text is cut
 *   - before a space, where a piece begins anyway, into slices of about `sliceCharacters`: the count stays exact;
 *   - inside a run longer than `maxRunCharacters`, which no language writes: the count is a token or so higher.
 * Once the budget is used up the rest is extrapolated from what was counted, at its own density.
 */

/** What is counted exactly per counter, in UTF-16 units: about 60,000 tokens of English prose. */
export const maxCountedCharacters = 262_144;

/** Dense text (random bytes, emoji) costs more time per character, so its tokens are limited, too. */
export const maxCountedTokens = 65_536;

export const maxRunCharacters = 128;
const sliceCharacters = 8_192;

export class TokenCounter {
  readonly #encoding: Encoding;
  #characters = 0;
  #tokens = 0;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  /** Tokens of one text; an estimate once this counter's budget is spent. */
  count(text: string): number {
    let tokens = 0;
    let from = 0;
    while (from < text.length) {
      if (this.#characters >= maxCountedCharacters || this.#tokens >= maxCountedTokens) {
        return tokens + this.#extrapolate(text.length - from);
      }
      const to = endOfSlice(text, from);
      const counted = this.#encoding.countTokens(text.slice(from, to));
      this.#characters += to - from;
      this.#tokens += counted;
      tokens += counted;
      from = to;
    }
    return tokens;
  }

  #extrapolate(characters: number): number {
    return Math.ceil((characters * this.#tokens) / Math.max(1, this.#characters));
  }
}

const letter = 0;
const digit = 1;
const space = 2;
const mark = 3;

/** Kinds of pieces, roughly: every character beyond ASCII is taken for a letter. */
function kindOf(code: number): number {
  if (code > 127 || (code > 64 && code < 91) || (code > 96 && code < 123)) return letter;
  if (code === 32 || (code > 8 && code < 14)) return space;
  return code > 47 && code < 58 ? digit : mark;
}

function endOfSlice(text: string, from: number): number {
  const soft = from + sliceCharacters;
  let runKind = kindOf(text.charCodeAt(from));
  let runStart = from;
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (kind !== runKind) {
      if (at >= soft && code === 32) return at;
      runKind = kind;
      runStart = at;
    } else if (at - runStart >= maxRunCharacters && !isLowSurrogate(code)) {
      return at;
    }
  }
  return at;
}

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
