import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compactJson,
  contentText,
  eachElement,
  eachMember,
  isExactNumber,
  MalformedJson,
  readMembers,
  skipValue,
} from './json-text';

/** The same JSON with blanks between all tokens, as some encoders write it. */
const spaced = (value: unknown) => ` \n${JSON.stringify(value, null, '\t ')}\r\n`;

describe('members', () => {
  it('are the values as they were sent, however they are spaced', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (object) => {
        const members = readMembers(spaced(object));
        expect([...members.keys()]).toEqual(Object.keys(object));
        for (const [key, json] of members) {
          expect(JSON.stringify(JSON.parse(json))).toBe(JSON.stringify(object[key]));
        }
      }),
      { numRuns: 500 },
    );
  });
  it('of a key that is sent twice are the last', () => {
    expect(readMembers('{"a":1,"\\u0061":2}').get('a')).toBe('2');
  });
  it.each(['{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{a:1}', '{"a" 1}', '{"a":"b', '{"a":[1}', '[]', ''])(
    'of %j cannot be read',
    (text) => expect(() => readMembers(text)).toThrow(MalformedJson),
  );
});

describe('values', () => {
  it('tell how deep they nest, brackets in text left out', () => {
    const seen = { depth: 0 };
    const text = '[{"a":["[[[[","\\"[{"]},[]]';
    expect(skipValue(text, 0, seen)).toBe(text.length);
    expect(seen.depth).toBe(3);
  });
  it('of any depth are walked without a stack', () => {
    const seen = { depth: 0 };
    const levels = 1_000_000;
    skipValue('['.repeat(levels) + ']'.repeat(levels), 0, seen);
    expect(seen.depth).toBe(levels);
  });
  it('of a list are found one by one', () => {
    const starts: number[] = [];
    const text = '[ 1 , "a,]" ,{"b":[2]} ]';
    const end = eachElement(text, 0, (at) => {
      starts.push(at);
      return skipValue(text, at);
    });
    expect(end).toBe(text.length);
    expect(starts.map((at) => text.slice(at, skipValue(text, at)))).toEqual(['1', '"a,]"', '{"b":[2]}']);
  });
  it('are refused where one is missing', () => {
    expect(() => eachElement('[1,]', 0, (at) => skipValue('[1,]', at))).toThrow(MalformedJson);
    expect(() => eachMember('{"a":}', 0, (_, at) => skipValue('{"a":}', at))).toThrow(MalformedJson);
  });
});

describe('compact JSON', () => {
  it('is the same JSON without blanks', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(compactJson(spaced(value))).toBe(JSON.stringify(value));
      }),
      { numRuns: 1_000 },
    );
  });
  it('keeps digits, order and repeated keys', () => {
    const text = '{"b":12345678901234567890,"2":1e400,"1":-0,"b":0.10000000000000000001,"c":1.0}';
    expect(compactJson(text)).toBe(text);
  });
  it('shows letters instead of their escapes, and keeps the escapes that must be', () => {
    expect(compactJson('"Gr\\u00fc\\u00dfe \\ud83d\\ude00 \\ud83d \\u0000 \\/ \\" \\n"')).toBe(
      '"Grüße 😀 \\ud83d \\u0000 / \\" \\n"',
    );
  });
  it('takes time in proportion to the text, with and without escapes', () => {
    const many = 200_000;
    const text = `[${Array(many).fill('"a"').join(',')},"\\n"]`;
    expect(compactJson(text)).toBe(text);
  });
});

describe('content', () => {
  it.each([
    ['"plain"', 'plain'],
    ['"{\\"a\\": 1}"', '{"a": 1}'],
    ['{ "a": 1 }', '{"a":1}'],
    ['"half \\ud83d"', '"half \\ud83d"'],
    ['"nul \\u0000"', 'nul \0'],
    ['9007199254740993', '9007199254740993'],
  ])('%s is kept as %j', (json, text) => expect(contentText(json)).toBe(text));
  it('that UTF-8 cannot carry reads back as the same text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0xd7f0, max: 0xe010 }).map((c) => String.fromCharCode(c)) }),
        (text) => {
          const kept = contentText(JSON.stringify(text));
          expect(Buffer.from(kept).toString()).toBe(kept);
          expect(kept === text || JSON.parse(kept) === text).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('exact numbers', () => {
  it.each([
    '0',
    '1',
    '-1',
    '1.0',
    '1e2',
    '100',
    '0.1',
    '0.30000000000000004',
    '1e300',
    '9007199254740991',
    '1E+2',
    '0.00',
  ])('%s is one', (digits) => expect(isExactNumber(digits)).toBe(true));
  it.each([
    '-0',
    '1e400',
    '-1e400',
    '1e-400',
    '9007199254740993',
    '0.1000000000000000000001',
    '12345678901234567890',
  ])('%s is none', (digits) => expect(isExactNumber(digits)).toBe(false));
  it('are all that JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        fc.pre(!Object.is(value, -0));
        expect(isExactNumber(JSON.stringify(value))).toBe(true);
      }),
    );
  });
});
