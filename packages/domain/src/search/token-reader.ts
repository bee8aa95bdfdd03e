import type { Place } from './expression';
import type { Token } from './tokens';

/** A place in the tokens of a query, and what may be asked there. */
export class TokenReader {
  #at = 0;
  readonly end: Place;

  constructor(
    readonly tokens: readonly Token[],
    queryLength: number,
  ) {
    this.end = { start: queryLength, end: queryLength };
  }

  peek(): Token | undefined {
    return this.tokens[this.#at];
  }

  next(): Token | undefined {
    return this.tokens[this.#at++];
  }

  /** A word that stands alone: before a colon it is a name. */
  isWord(text: string): boolean {
    const token = this.peek();
    return token?.kind === 'word' && token.text === text && !this.#isColonAt(this.#at + 1, token.place.end);
  }

  takeWord(text: string): boolean {
    if (!this.isWord(text)) return false;
    this.#at += 1;
    return true;
  }

  /** The next token, when nothing stands between it and `place`. */
  peekBeside(place: Place): Token | undefined {
    const token = this.peek();
    return token?.place.start === place.end ? token : undefined;
  }

  /** Whether the word just read is the name of a field: `level:`, or `metadata."a key":`. */
  isFieldAfter(word: Extract<Token, { kind: 'word' }>): boolean {
    if (this.#isColonAt(this.#at, word.place.end)) return true;
    const key = this.peekBeside(word.place);
    return word.text.endsWith('.') && key?.kind === 'quoted' && this.#isColonAt(this.#at + 1, key.place.end);
  }

  #isColonAt(index: number, offset: number): boolean {
    const token = this.tokens[index];
    return token?.kind === 'colon' && token.place.start === offset;
  }
}
