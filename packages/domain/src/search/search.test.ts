import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchExpression, SearchTest } from './expression';
import { keyedKinds, numberKinds, type SearchField } from './fields';
import {
  changeAtLeast,
  changeFacet,
  completeSearch,
  parseSearch,
  printSearch,
  readAtLeast,
  readFacet,
  SearchError,
  traceFields,
} from './index';

const now = Date.UTC(2026, 10, 25, 12, 0, 0) * 1_000;
const context = { catalogue: traceFields, now };
const minute = 60_000_000;
const day = 1_440 * minute;

/** Without places: what it means. */
const meaning = (expression: SearchExpression | null): unknown =>
  JSON.parse(JSON.stringify(expression, (key, value) => (key === 'place' ? undefined : value)));
const parse = (query: string) => meaning(parseSearch(query, context));
const field = (name: string, test: SearchTest, key: string | null = null) => ({
  kind: 'field',
  field: name,
  key,
  test,
});
const is = (...texts: string[]): SearchTest => ({
  kind: 'is',
  patterns: texts.map((text) => ({ text, isGlob: text.includes('*') })),
});
const words = (text: string) => ({ kind: 'text', text });

describe('a query', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['refund', words('refund')],
    ['"out of stock"', words('out of stock')],
    ['refund order', { kind: 'and', parts: [words('refund'), words('order')] }],
    ['refund AND order', { kind: 'and', parts: [words('refund'), words('order')] }],
    ['TypeError: x is 12:30', { kind: 'and', parts: ['TypeError:', 'x', 'is', '12:30'].map(words) }],
    ['https://a.test/x', words('https://a.test/x')],
    ['hello, world', { kind: 'and', parts: [words('hello,'), words('world')] }],
    ['level:ERROR', field('level', is('ERROR'))],
    ['user:ann', field('userId', is('ann'))],
    ['model:anthropic:claude', field('model', is('anthropic:claude'))],
    ['name:chat-*', field('name', is('chat-*'))],
    ['name:"a * b"', field('name', { kind: 'is', patterns: [{ text: 'a * b', isGlob: false }] })],
    ['tags:(a OR "b c")', field('tags', is('a', 'b c'))],
    ['tags:(a, b,c)', field('tags', is('a', 'b', 'c'))],
    ['latency:>2s', field('latency', { kind: 'compare', operator: '>', value: 2 })],
    ['latency:<=300ms', field('latency', { kind: 'compare', operator: '<=', value: 0.3 })],
    ['latency:1m..5m', field('latency', { kind: 'between', from: 60, to: 300 })],
    ['cost:>$0.1', field('totalCost', { kind: 'compare', operator: '>', value: 0.1 })],
    ['tokens:10k', field('totalTokens', { kind: 'compare', operator: '=', value: 10_000 })],
    ['timestamp:>25m', field('timestamp', { kind: 'since', from: now - 25 * minute })],
    [
      'timestamp:yesterday',
      field('timestamp', { kind: 'during', from: now - 1.5 * day, to: now - 0.5 * day }),
    ],
    ['timestamp:>=2026-11-01', field('timestamp', { kind: 'since', from: Date.UTC(2026, 10, 1) * 1_000 })],
    ['public:true', field('public', { kind: 'flag', value: true })],
    ['metadata.tier:gold', field('metadata', is('gold'), 'tier')],
    ['metadata."a key":gold', field('metadata', is('gold'), 'a key')],
    ['score.helpful:>0.5', field('score', { kind: 'compare', operator: '>', value: 0.5 }, 'helpful')],
    ['score.tone:kind', field('score', is('kind'), 'tone')],
    ['has:session', field('sessionId', { kind: 'present' })],
    ['has:score.tone', field('score', { kind: 'present' }, 'tone')],
    ['-level:ERROR', { kind: 'not', part: field('level', is('ERROR')) }],
    ['NOT a b', { kind: 'and', parts: [{ kind: 'not', part: words('a') }, words('b')] }],
    ['a b OR c', { kind: 'or', parts: [{ kind: 'and', parts: [words('a'), words('b')] }, words('c')] }],
    ['a (b OR c)', { kind: 'and', parts: [words('a'), { kind: 'or', parts: [words('b'), words('c')] }] }],
    ['-(a OR b)', { kind: 'not', part: { kind: 'or', parts: [words('a'), words('b')] } }],
    ['OR:x', null],
  ] as const)('%j is understood', (query, expected) => {
    if (query === 'OR:x') expect(() => parse(query)).toThrow(SearchError);
    else expect(parse(query)).toEqual(expected);
  });

  it.each([
    ['levle:ERROR', 1, 5, 'Did you mean level:?'],
    ['a costs:>1', 3, 5, 'Did you mean totalCost:?'],
    ['level:', 1, 6, 'needs a value'],
    ['latency:fast', 9, 4, 'It takes >2s'],
    ['latency:"2s"', 9, 4, 'without quotes'],
    ['latency:(1 OR 2)', 9, 1, 'Join several by OR'],
    ['name:>5', 6, 2, 'no size'],
    ['(a OR b', 1, 1, 'not closed'],
    ['a OR b)', 7, 1, 'closes nothing'],
    ['say "hello', 5, 6, 'not closed'],
    ['a OR', 5, 1, 'missing'],
    ['OR a', 1, 2, 'both sides'],
    ['metadata:x', 1, 8, 'needs a key'],
    ['name.x:y', 1, 6, 'Did you mean name:?'],
    ['has:colour', 5, 6, 'There is no field colour'],
    ['timestamp:2026-02-30', 11, 10, 'It takes'],
  ])('%j says where it is wrong', (query, column, length, said) => {
    let error: unknown;
    try {
      parse(query);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SearchError);
    const { message, ...place } = error as SearchError;
    expect([place.column, place.length, message]).toEqual([column, length, expect.stringContaining(said)]);
  });

  it('of any text is understood or refused with a place in it', () => {
    const pieces = fc.constantFrom(
      'a',
      ' ',
      ':',
      '"',
      '(',
      ')',
      '-',
      ',',
      '*',
      '>',
      '=',
      '..',
      'OR',
      'level',
      'metadata.',
      'score.x',
      'has:',
      '\\',
      '5',
      's',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (query) => {
        try {
          parseSearch(query, context);
        } catch (error) {
          expect(error).toBeInstanceOf(SearchError);
          expect((error as SearchError).column).toBeLessThanOrEqual(query.length + 1);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('is not too much for the parser, however long', () => {
    for (const query of ['('.repeat(3_999), '-'.repeat(3_999), 'a '.repeat(1_999), 'x'.repeat(5_000)]) {
      expect(() => parse(query)).toThrow(SearchError);
    }
  });
});

describe('printing', () => {
  it('gives a query that means the same', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const printed = printSearch(expression as SearchExpression);
        expect(parse(printed), printed).toEqual(meaning(expression as SearchExpression));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('facets', () => {
  it.each([
    ['', [], []],
    ['level:ERROR refund', ['ERROR'], []],
    ['level:(ERROR OR WARNING) -level:DEBUG', ['ERROR', 'WARNING'], ['DEBUG']],
    ['level:ERR* (level:ERROR OR a)', [], []],
    ['level:ERROR OR a', [], []],
  ])('%j is read', (query, included, excluded) => {
    expect(readFacet(query, 'level', context)).toEqual({ included, excluded });
  });

  it.each([
    ['', ['a'], [], 'tags:a'],
    ['refund', ['a', 'b c'], [], 'refund tags:(a OR "b c")'],
    ['x tags:a  "two  spaces"', [], ['b'], 'x "two  spaces" -tags:b'],
    ['tags:a -tags:b y', [], [], 'y'],
    ['x OR y', ['a'], [], '(x OR y) tags:a'],
    ['x "open', ['a'], [], 'x "open tags:a'],
  ])('%j is changed, and the rest left as it is', (query, included, excluded, expected) => {
    expect(changeFacet(query, 'tags', { included, excluded }, context)).toBe(expected);
  });

  it('are read as they were set', () => {
    const values = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        values,
        values,
        fc.constantFrom('', 'refund', 'a OR b', '-(x y)'),
        (included, excluded, query) => {
          const changed = changeFacet(query, 'tags', { included, excluded }, context);
          expect(readFacet(changed, 'tags', context)).toEqual({ included, excluded });
        },
      ),
    );
  });
});

describe('lower bounds', () => {
  it('are set, changed and taken away', () => {
    const slow = changeAtLeast('refund -latency:>=1', 'latency', 2.5, context);
    expect(slow).toBe('refund -latency:>=1 latency:>=2.5');
    expect(readAtLeast(slow, 'latency', context)).toBe(2.5);
    expect(changeAtLeast(slow, 'latency', 3, context)).toBe('refund -latency:>=1 latency:>=3');
    expect(changeAtLeast(slow, 'latency', null, context)).toBe('refund -latency:>=1');
    expect(readAtLeast('refund', 'latency', context)).toBeNull();
  });
});

describe('completion', () => {
  const at = (query: string) => {
    const found = completeSearch(query, query.length, traceFields);
    return found && [found.kind, 'field' in found ? found.field.name : '', found.typed, found.start];
  };
  it.each([
    ['', ['field', '', '', 0]],
    ['lev', ['field', '', 'lev', 0]],
    ['a -lev', ['field', '', 'lev', 3]],
    ['has:ses', ['field', '', 'ses', 4]],
    ['level:', ['value', 'level', '', 6]],
    ['level:ER', ['value', 'level', 'ER', 6]],
    ['user:"ann b', ['value', 'userId', 'ann b', 5]],
    ['user:"ann', ['value', 'userId', 'ann', 5]],
    ['tags:(a OR b', ['value', 'tags', 'b', 11]],
    ['metadata.ti', ['key', 'metadata', 'ti', 9]],
    ['metadata.tier:g', ['value', 'metadata', 'g', 14]],
    ['colour:r', null],
    ['"in a phra', null],
  ])('%j', (query, expected) => {
    expect(at(query)).toEqual(expected);
  });
});

const plainText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 });
const moments = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) }).map((ms) => ms * 1_000);
const amounts = fc.double({ min: 0, max: 1e15, noNaN: true }).map((value) => value + 0);
const comparisons = fc.record({
  kind: fc.constant('compare'),
  operator: fc.constantFrom('=', '<', '<=', '>', '>='),
  value: amounts,
});
const ranges = fc.record({ kind: fc.constant('between'), from: amounts, to: amounts });
const anyOf = fc.record({
  kind: fc.constant('is'),
  patterns: fc.array(fc.record({ text: plainText, isGlob: fc.constant(false) }), {
    minLength: 1,
    maxLength: 4,
  }),
});
const times = fc.oneof(
  fc.record({ kind: fc.constant('since'), from: moments }),
  fc.record({ kind: fc.constant('before'), to: moments }),
  fc.tuple(moments, moments).map(([a, b]) => ({ kind: 'during', from: Math.min(a, b), to: Math.max(a, b) })),
);
function testsOf({ kind }: SearchField): fc.Arbitrary<unknown> {
  const present = fc.constant({ kind: 'present' });
  if (numberKinds.has(kind)) return fc.oneof(comparisons, ranges, present);
  if (kind === 'time') return fc.oneof(times, present);
  if (kind === 'flag')
    return fc.oneof(fc.record({ kind: fc.constant('flag'), value: fc.boolean() }), present);
  return kind === 'score' ? fc.oneof(comparisons, ranges, anyOf, present) : fc.oneof(anyOf, present);
}
const terms = fc.oneof(
  fc.record({ kind: fc.constant('text'), text: plainText }),
  fc.constantFrom(...traceFields.fields).chain((it) =>
    fc.record({
      kind: fc.constant('field'),
      field: fc.constant(it.name),
      key: keyedKinds.has(it.kind) ? plainText : fc.constant(null),
      test: testsOf(it),
    }),
  ),
);
const { expression: expressions } = fc.letrec((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'search' },
    terms,
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      parts: fc.array(tie('expression'), { minLength: 2, maxLength: 3, depthIdentifier: 'search' }),
    }),
    fc.record({ kind: fc.constant('not'), part: tie('expression') }),
  ),
}));
