import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMetadata, parsePayload } from './parse-payload';

describe('parsePayload', () => {
  it.each([
    ['', null],
    ['{"a":[1,true,null]}', { a: [1, true, null] }],
    ['"quoted"', 'quoted'],
    ['true', true],
    ['null', null],
    ['plain prose', 'plain prose'],
    ['true story', 'true story'],
    ['{not json', '{not json'],
    ['007', '007'],
    ['42', '42'],
    ['-1.5e3', '-1.5e3'],
    ['{"id":12345678901234567890}', { id: '12345678901234567890' }],
    ['[9007199254740991,9007199254740993]', [9007199254740991, '9007199254740993']],
    [
      '{"t":"12345678901234567890 \\" 98765432109876543210"}',
      { t: '12345678901234567890 " 98765432109876543210' },
    ],
    ['[0.12345678901234567890,1e21]', [0.12345678901234568, 1e21]],
  ])('reads %j', (text, value) => {
    expect(parsePayload(text)).toEqual(value);
  });

  it('gives back every structure that a double can hold', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (value) => {
        const json = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(json));
        expect(parsePayload(json)).toEqual(JSON.parse(json));
      }),
    );
  });

  it('keeps a key named __proto__ a key', () => {
    const metadata = parseMetadata(JSON.parse('{"__proto__":"{\\"a\\":1}","plain":"text"}'));
    expect(Object.keys(metadata)).toEqual(['__proto__', 'plain']);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});
