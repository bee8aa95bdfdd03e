/**
 * JSON as text: finds values, members and elements without building them, so that what a client sent is kept
 * digit by digit. `JSON.parse` would change integers beyond 2^53, `1e400`, `-0` and the order of numeric keys.
 *
 * The walkers trust the text below the level they walk; whoever takes text from outside parses it once, too.
 */
export class MalformedJson extends Error {
  override readonly name = 'MalformedJson';
  constructor(what: string, at: number) {
    super(`${what} at character ${at}`);
  }
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openObject = 0x7b;
const closeObject = 0x7d;
const openArray = 0x5b;
const closeArray = 0x5d;

const isBlank = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

export const startsObject = (text: string, at = 0): boolean => text.charCodeAt(at) === openObject;
export const startsArray = (text: string, at = 0): boolean => text.charCodeAt(at) === openArray;
export const startsString = (text: string, at = 0): boolean => text.charCodeAt(at) === quote;

/** Strings of JavaScript may hold half a surrogate pair, which no UTF-8 can carry. */
export const isWellFormed = (text: string): boolean =>
  (text as string & { isWellFormed(): boolean }).isWellFormed();

export function skipBlank(text: string, at: number): number {
  let end = at;
  while (isBlank(text.charCodeAt(end))) end++;
  return end;
}

function skipString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
  throw new MalformedJson('a string that does not end', at);
}

function skipScalar(text: string, at: number): number {
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === comma || code === closeObject || code === closeArray || isBlank(code)) break;
  }
  if (end === at) throw new MalformedJson('a value is missing', at);
  return end;
}

/** The end of the value that starts at `at`. `seen.depth` rises to the number of levels the value has. */
export function skipValue(text: string, at: number, seen?: { depth: number }): number {
  if (startsString(text, at)) return skipString(text, at);
  if (!startsObject(text, at) && !startsArray(text, at)) return skipScalar(text, at);
  let depth = 0;
  for (let end = at; end < text.length; end++) {
    switch (text.charCodeAt(end)) {
      case quote:
        end = skipString(text, end) - 1;
        break;
      case openObject:
      case openArray:
        depth++;
        if (seen && depth > seen.depth) seen.depth = depth;
        break;
      case closeObject:
      case closeArray:
        depth--;
        if (depth === 0) return end + 1;
    }
  }
  throw new MalformedJson('an object or array that does not end', at);
}

/**
 * Walks the members of the object at `at`; `visit` gets the key and where its value starts, and answers where
 * the value ends. Returns the end of the object. Throws `MalformedJson`.
 */
export function eachMember(text: string, at: number, visit: (key: string, at: number) => number): number {
  if (!startsObject(text, at)) throw new MalformedJson('an object is missing', at);
  let here = skipBlank(text, at + 1);
  if (text.charCodeAt(here) === closeObject) return here + 1;
  for (;;) {
    if (!startsString(text, here)) throw new MalformedJson('a key is missing', here);
    const keyEnd = skipString(text, here);
    const key = readKey(text, here, keyEnd);
    here = skipBlank(text, keyEnd);
    if (text.charCodeAt(here) !== colon) throw new MalformedJson('a colon is missing', here);
    here = skipBlank(text, visit(key, skipBlank(text, here + 1)));
    if (text.charCodeAt(here) === closeObject) return here + 1;
    if (text.charCodeAt(here) !== comma) throw new MalformedJson('a comma is missing', here);
    here = skipBlank(text, here + 1);
  }
}

/** As `eachMember`, for the elements of an array. */
export function eachElement(text: string, at: number, visit: (at: number) => number): number {
  if (!startsArray(text, at)) throw new MalformedJson('an array is missing', at);
  let here = skipBlank(text, at + 1);
  if (text.charCodeAt(here) === closeArray) return here + 1;
  for (;;) {
    here = skipBlank(text, visit(here));
    if (text.charCodeAt(here) === closeArray) return here + 1;
    if (text.charCodeAt(here) !== comma) throw new MalformedJson('a comma is missing', here);
    here = skipBlank(text, here + 1);
  }
}

function readKey(text: string, start: number, end: number): string {
  const plain = text.slice(start + 1, end - 1);
  if (!plain.includes('\\')) return plain;
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    throw new MalformedJson('a key with a wrong escape', start);
  }
}

/** The members of an object as the text of their values; of a key sent twice, the last. */
export function readMembers(text: string, at = skipBlank(text, 0)): Map<string, string> {
  const members = new Map<string, string>();
  eachMember(text, at, (key, start) => {
    const end = skipValue(text, start);
    members.set(key, text.slice(start, end));
    return end;
  });
  return members;
}

/**
 * The same JSON without blanks between tokens and without needless escapes (`\u00fc` becomes `ü`, so that it
 * can be searched and read). Numbers, key order and repeated keys stay as they came.
 */
export function compactJson(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let nextEscape = -1;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = skipString(text, at);
      if (nextEscape < at) {
        // Looked up once for many strings: a search per string would be quadratic in text without escapes.
        const next = text.indexOf('\\', at);
        nextEscape = next === -1 ? Number.POSITIVE_INFINITY : next;
      }
      if (nextEscape < end) {
        parts.push(text.slice(from, at), JSON.stringify(JSON.parse(text.slice(at, end))));
        from = end;
      }
      at = end;
    } else if (isBlank(code)) {
      parts.push(text.slice(from, at));
      at = skipBlank(text, at);
      from = at;
    } else {
      at++;
    }
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}

/**
 * A value as it is kept in a text column: a string as its characters, anything else as its JSON. A string that
 * no UTF-8 can carry stays JSON, with its escapes, and reads back as the same string.
 */
export function contentText(json: string): string {
  if (!startsString(json)) return compactJson(json);
  const text = JSON.parse(json) as string;
  return isWellFormed(text) ? text : compactJson(json);
}

/** Whether a double holds exactly the number that the digits say (`1.0` yes; 2^53 + 1, `1e400` and `-0` no). */
export function isExactNumber(digits: string): boolean {
  const kept = String(Number(digits));
  return kept === digits || decimalOf(kept) === decimalOf(digits);
}

function decimalOf(digits: string): string | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(digits);
  if (!match) return digits === 'Infinity' || digits === '-Infinity' ? digits : null;
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const significant = `${whole}${fraction}`.replace(/^0+/, '');
  const trimmed = significant.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (significant.length - trimmed.length);
  return trimmed === '' ? `${sign}0` : `${sign}${trimmed}e${power}`;
}
