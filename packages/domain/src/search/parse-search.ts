import type { Microseconds } from '../observation';
import type { Place, SearchExpression } from './expression';
import type { FieldCatalogue } from './fields';
import { parseField } from './parse-field';
import { SearchError } from './search-error';
import { TokenReader } from './token-reader';
import { tokenise } from './tokens';

export interface SearchContext {
  catalogue: FieldCatalogue;
  /** What `25m` and `yesterday` are counted from. */
  now: Microseconds;
}

/** Terms of one query; each may be a scan of its own. */
export const maxSearchTerms = 50;
/** Brackets and negations within each other. */
const maxDepth = 20;

/**
 * What a query means; null when it asks nothing. Throws `SearchError`.
 *
 *   or    := and ("OR" and)*
 *   and   := not ("AND"? not)*
 *   not   := ("NOT" | "-") not | "(" or ")" | term
 *   term  := word | "a phrase" | field ":" value
 */
export function parseSearch(query: string, context: SearchContext): SearchExpression | null {
  const reader = new TokenReader(tokenise(query), query.length);
  if (!reader.peek()) return null;
  const parser = new Parser(reader, context);
  const expression = parser.readOr(0);
  const rest = reader.peek();
  if (rest) {
    throw new SearchError('This bracket closes nothing. Remove it, or open one before.', rest.place);
  }
  return expression;
}

class Parser {
  #terms = 0;

  constructor(
    readonly reader: TokenReader,
    readonly context: SearchContext,
  ) {}

  readOr(depth: number): SearchExpression {
    const parts = [this.#readAnd(depth)];
    while (this.reader.takeWord('OR')) parts.push(this.#readAnd(depth));
    return group('or', parts);
  }

  #readAnd(depth: number): SearchExpression {
    const parts = [this.#readNot(depth)];
    for (;;) {
      const isExplicit = this.reader.takeWord('AND');
      const next = this.reader.peek();
      if (!isExplicit && (!next || next.kind === 'close' || this.reader.isWord('OR'))) break;
      parts.push(this.#readNot(depth));
    }
    return group('and', parts);
  }

  #readNot(depth: number): SearchExpression {
    const { reader } = this;
    const token = reader.peek();
    if (depth > maxDepth) {
      throw new SearchError(
        `Brackets stand at most ${maxDepth} within each other.`,
        token?.place ?? reader.end,
      );
    }
    if (token?.kind === 'minus' || reader.isWord('NOT')) {
      reader.next();
      const part = this.#readNot(depth + 1);
      return { kind: 'not', part, place: { start: token!.place.start, end: part.place.end } };
    }
    if (token?.kind === 'open') return this.#readBrackets(depth);
    return this.#readTerm();
  }

  #readBrackets(depth: number): SearchExpression {
    const open = this.reader.next()!;
    const inside = this.readOr(depth + 1);
    if (this.reader.peek()?.kind !== 'close') {
      throw new SearchError('This bracket is not closed. Add ) where the group ends.', open.place);
    }
    const { place } = this.reader.next()!;
    return { ...inside, place: { start: open.place.start, end: place.end } };
  }

  #readTerm(): SearchExpression {
    const { reader } = this;
    const token = reader.next();
    if (!token) throw new SearchError('Something is missing here: a word, or field:value.', reader.end);
    this.#terms += 1;
    if (this.#terms > maxSearchTerms) {
      throw new SearchError(`A search has at most ${maxSearchTerms} terms.`, token.place);
    }
    if (token.kind === 'quoted') {
      if (token.text === '')
        throw new SearchError('An empty phrase finds everything. Remove it.', token.place);
      return { kind: 'text', text: token.text, place: token.place };
    }
    if (token.kind !== 'word' || ['OR', 'AND', 'NOT'].includes(token.text)) {
      throw new SearchError(
        token.kind === 'word'
          ? `${token.text} needs something on both sides. Put "${token.text}" in quotes to look for the word.`
          : 'Something is missing here: a word, or field:value.',
        token.place,
      );
    }
    return reader.isFieldAfter(token)
      ? parseField(reader, token, this.context)
      : { kind: 'text', text: token.text, place: token.place };
  }
}

function group(kind: 'and' | 'or', parts: SearchExpression[]): SearchExpression {
  if (parts.length === 1) return parts[0]!;
  const place: Place = { start: parts[0]!.place.start, end: parts.at(-1)!.place.end };
  return { kind, parts, place };
}
