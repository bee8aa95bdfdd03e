import type { Comparison, Place, SearchTerm, SearchTest, TextPattern } from './expression';
import { keyedKinds, numberKinds, type SearchField } from './fields';
import type { SearchContext } from './parse-search';
import { SearchError } from './search-error';
import { nearestNames } from './suggest';
import type { TokenReader } from './token-reader';
import type { Token } from './tokens';
import { exampleOfKind, parseAmount, parseTimeSpan } from './values';

/** Values in the brackets of one field. */
export const maxSearchValues = 200;

type Word = Extract<Token, { kind: 'word' }>;

/** `field:value`, its name just read. */
export function parseField(reader: TokenReader, word: Word, context: SearchContext): SearchTerm {
  const { name, key, end } = readName(reader, word);
  reader.next();
  const place = { start: word.place.start, end };
  if (name.toLowerCase() === 'has') return parseHas(reader, word, context);
  const field = context.catalogue.byName.get(name.toLowerCase());
  if (!field) throw unknownField(name, place, context);
  checkKey(field, key, place);
  const { test, end: last } = readTest(reader, field, place, context);
  return { kind: 'field', field: field.name, key, test, place: { start: place.start, end: last } };
}

/** `metadata.key` and `score."a name"` have a key; a name of the catalogue is one whole. */
function readName(reader: TokenReader, word: Word): { name: string; key: string | null; end: number } {
  const beside = reader.peekBeside(word.place);
  if (word.text.endsWith('.') && beside?.kind === 'quoted') {
    reader.next();
    return { name: word.text.slice(0, -1), key: beside.text, end: beside.place.end };
  }
  const dot = word.text.indexOf('.');
  if (dot < 0) return { name: word.text, key: null, end: word.place.end };
  return { name: word.text.slice(0, dot), key: word.text.slice(dot + 1), end: word.place.end };
}

function checkKey(field: SearchField, key: string | null, place: Place): void {
  const isKeyed = keyedKinds.has(field.kind);
  if (isKeyed && !key) {
    throw new SearchError(`${field.name} needs a key: ${field.name}.key:value.`, place);
  }
  if (!isKeyed && key !== null) {
    throw new SearchError(`${field.name} has no keys.`, place, [`${field.name}:`]);
  }
}

function parseHas(reader: TokenReader, word: Word, context: SearchContext): SearchTerm {
  const token = reader.next();
  if (token?.kind !== 'word') {
    throw new SearchError(
      'has: needs the name of a field, such as has:sessionId.',
      token?.place ?? reader.end,
    );
  }
  const { name, key, end } = readName(reader, token);
  const field = context.catalogue.byName.get(name.toLowerCase());
  if (!field) throw unknownField(name, token.place, context);
  checkKey(field, key, token.place);
  return {
    kind: 'field',
    field: field.name,
    key,
    test: { kind: 'present' },
    place: { start: word.place.start, end },
  };
}

function unknownField(name: string, place: Place, { catalogue }: SearchContext): SearchError {
  return new SearchError(
    `There is no field ${name}. Put the whole in quotes to look for it as text.`,
    place,
    nearestNames(name, [...catalogue.byName.keys(), 'has']).map(
      (found) => `${catalogue.byName.get(found)?.name ?? found}:`,
    ),
  );
}

function readTest(
  reader: TokenReader,
  field: SearchField,
  name: Place,
  context: SearchContext,
): { test: SearchTest; end: number } {
  const colonEnd = name.end + 1;
  const token = reader.peekBeside({ start: name.end, end: colonEnd });
  if (token?.kind === 'open') return readList(reader, field);
  if (token?.kind !== 'word' && token?.kind !== 'quoted') {
    throw new SearchError(`${field.name}: needs a value, such as ${exampleOfKind[field.kind]}.`, {
      start: name.start,
      end: colonEnd,
    });
  }
  reader.next();
  const { text, place } = token;
  if (token.kind === 'quoted') return { test: readQuoted(field, text, place), end: place.end };
  const operator = /^(?:>=|<=|>|<|=)/.exec(text)?.[0] as Comparison | undefined;
  if (operator && text.length === operator.length) {
    const value = reader.peekBeside(place);
    if (value?.kind === 'quoted') {
      reader.next();
      return { test: readCompared(field, operator, value.text, value.place, context), end: value.place.end };
    }
  }
  return {
    test: readCompared(field, operator ?? '=', text.slice(operator?.length ?? 0), place, context),
    end: place.end,
  };
}

/** In brackets: any of these. */
function readList(reader: TokenReader, field: SearchField): { test: SearchTest; end: number } {
  const open = reader.next()!;
  if (numberKinds.has(field.kind) || field.kind === 'time' || field.kind === 'flag') {
    throw new SearchError(
      `${field.name} takes one value, such as ${exampleOfKind[field.kind]}. Join several by OR.`,
      open.place,
    );
  }
  const patterns: TextPattern[] = [];
  for (;;) {
    const token = reader.next();
    if (!token) throw new SearchError('This bracket is not closed. Add ) where the values end.', open.place);
    if (token.kind === 'close' && patterns.length > 0) {
      return { test: { kind: 'is', patterns }, end: token.place.end };
    }
    if (token.kind === 'word' && token.text === 'OR') continue;
    if (token.kind !== 'word' && token.kind !== 'quoted') {
      throw new SearchError('A value is missing here, such as (a OR "b c").', token.place);
    }
    if (token.kind === 'quoted') patterns.push({ text: token.text, isGlob: false });
    else patterns.push(...token.text.split(',').filter(Boolean).map(patternOf));
    if (patterns.length > maxSearchValues) {
      throw new SearchError(`A field takes at most ${maxSearchValues} values.`, token.place);
    }
  }
}

const readQuoted = (field: SearchField, text: string, place: Place): SearchTest => {
  if (numberKinds.has(field.kind) || field.kind === 'time' || field.kind === 'flag') {
    throw new SearchError(
      `${field.name} takes no text, but ${exampleOfKind[field.kind]}, without quotes.`,
      place,
    );
  }
  return { kind: 'is', patterns: [{ text, isGlob: false }] };
};

function readCompared(
  field: SearchField,
  operator: Comparison,
  text: string,
  place: Place,
  context: SearchContext,
): SearchTest {
  const wrong = (what = `${text || 'This'} is no value of ${field.name}`) =>
    new SearchError(`${what}. It takes ${exampleOfKind[field.kind]}.`, place);
  if (field.kind === 'time') return readTime(operator, text, context, wrong);
  if (field.kind === 'flag') {
    const value = text.toLowerCase();
    if (operator !== '=' || (value !== 'true' && value !== 'false')) throw wrong();
    return { kind: 'flag', value: value === 'true' };
  }
  if (numberKinds.has(field.kind) || (field.kind === 'score' && isAmount(operator, text))) {
    return readAmount(field, operator, text, wrong);
  }
  if (operator !== '=') throw wrong(`${field.name} has no size to compare`);
  if (text === '') throw wrong();
  return { kind: 'is', patterns: [patternOf(text)] };
}

/** A score may be a number or a word: what looks like a number is one. */
const isAmount = (operator: Comparison, text: string): boolean =>
  operator !== '=' || parseAmount('number', text.split('..')[0]!) !== null;

function readAmount(
  field: SearchField,
  operator: Comparison,
  text: string,
  wrong: () => SearchError,
): SearchTest {
  const range = operator === '=' ? text.split('..') : [text];
  const [from, to] = range.map((part) => parseAmount(field.kind, part));
  if (range.length > 2 || from === null || from === undefined || to === null) throw wrong();
  return to === undefined ? { kind: 'compare', operator, value: from } : { kind: 'between', from, to };
}

function readTime(
  operator: Comparison,
  text: string,
  { now }: SearchContext,
  wrong: () => SearchError,
): SearchTest {
  const range = operator === '=' ? text.split('..') : [text];
  const [from, to] = range.map((part) => parseTimeSpan(part, now));
  if (range.length > 2 || !from || to === null) throw wrong();
  if (to) return { kind: 'during', from: from.from, to: Math.max(to.to, to.from) };
  switch (operator) {
    case '>':
      // After a day means after all of it; after a moment, from it on.
      return { kind: 'since', from: from.to };
    case '>=':
      return { kind: 'since', from: from.from };
    case '<':
      return { kind: 'before', to: from.from };
    case '<=':
      return { kind: 'before', to: from.to };
    case '=':
      if (from.from === from.to) throw wrong();
      return { kind: 'during', from: from.from, to: from.to };
  }
}

const patternOf = (text: string): TextPattern => ({ text, isGlob: text.includes('*') });
