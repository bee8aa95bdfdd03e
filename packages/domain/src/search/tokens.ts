import type { Place } from './expression';
import { SearchError } from './search-error';

/** The pieces of a query. What stands in quotes is `quoted`: none of its characters means anything else. */
export type Token =
  | { kind: 'open' | 'close' | 'minus' | 'colon'; place: Place }
  | { kind: 'word'; text: string; place: Place }
  | { kind: 'quoted'; text: string; place: Place };

/** Characters of a query; more is no question that a person asks. */
export const maxSearchChars = 4_000;

/**
 * Splits a query. A colon is a token of its own after a name (`level:`), the first of a word only: `a:b:c` is the
 * field `a` and the value `b:c`. Before a space it is a colon of prose: `TypeError: x is undefined` names no field.
 */
export function tokenise(query: string): Token[] {
  if (query.length > maxSearchChars) {
    throw new SearchError(
      `A search has at most ${maxSearchChars} characters, this one has ${query.length}.`,
      { start: maxSearchChars, end: query.length },
    );
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const character = query[at]!;
    if (isSpace(character)) at += 1;
    else at = readToken(query, at, tokens);
  }
  return tokens;
}

function readToken(query: string, start: number, tokens: Token[]): number {
  const character = query[start]!;
  const one = (kind: 'open' | 'close' | 'minus' | 'colon'): number => {
    tokens.push({ kind, place: { start, end: start + 1 } });
    return start + 1;
  };
  if (character === '(') return one('open');
  if (character === ')') return one('close');
  if (character === '"') return readQuoted(query, start, tokens);
  const previous = tokens.at(-1);
  const isOfProse = start + 1 < query.length && isSpace(query[start + 1]!);
  if (character === ':' && !isOfProse && previous?.place.end === start && opensField(tokens)) {
    return one('colon');
  }
  // A minus before a term negates; inside a word, or before a number after a colon, it is itself.
  const isAfterColon = previous?.kind === 'colon' && previous.place.end === start;
  if (character === '-' && !isAfterColon && start + 1 < query.length && !isSpace(query[start + 1]!)) {
    return one('minus');
  }
  return readWord(query, start, tokens, !isAfterColon);
}

/** Whether what was read last may be a name: `word`, or `word."key"`. */
function opensField(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1)!;
  const before = tokens.at(-2);
  if (before?.kind === 'colon' && before.place.end === last.place.start) return false;
  if (last.kind === 'quoted') return before?.kind === 'word' && before.text.endsWith('.');
  return last.kind === 'word' && isName(last.text);
}

const isName = (text: string): boolean => /^[A-Za-z_]/.test(text);

function readWord(query: string, start: number, tokens: Token[], mayBeName: boolean): number {
  let end = start;
  while (end < query.length && !isSpace(query[end]!) && !'()"'.includes(query[end]!)) {
    if (query[end] === ':' && end > start && mayBeName && isFieldColon(query, start, end)) break;
    end += 1;
  }
  // A character that begins no word, as a colon alone: a word of its own, so that reading goes on.
  if (end === start) end = start + 1;
  tokens.push({ kind: 'word', text: query.slice(start, end), place: { start, end } });
  return end;
}

/** Neither of prose (`Error: …`) nor of an address (`https://…`). */
const isFieldColon = (query: string, start: number, at: number): boolean =>
  isName(query[start]!) &&
  !query.startsWith('://', at) &&
  !(at + 1 < query.length && isSpace(query[at + 1]!));

function readQuoted(query: string, start: number, tokens: Token[]): number {
  let text = '';
  for (let at = start + 1; at < query.length; at += 1) {
    const character = query[at]!;
    if (character === '\\' && at + 1 < query.length) {
      at += 1;
      text += query[at];
    } else if (character === '"') {
      tokens.push({ kind: 'quoted', text, place: { start, end: at + 1 } });
      return at + 1;
    } else {
      text += character;
    }
  }
  throw new SearchError('A quotation mark is not closed. Add " where the phrase ends.', {
    start,
    end: query.length,
  });
}

const isSpace = (character: string): boolean => /\s/.test(character);
