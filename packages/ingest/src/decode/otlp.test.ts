import { type AnyValue, encodeOtlpProtobuf } from '@tracewell/testkit/otlp-encode';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonDeeperThan } from './json-depth';
import { decodeOtlpJson } from './otlp-json';
import { decodeOtlpProtobuf } from './otlp-protobuf';
import { refusals } from './span-rules';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const start = '1767312000123456789';

const requestOf = (span: object) => ({
  resourceSpans: [{ scopeSpans: [{ spans: [{ traceId, spanId, ...span }] }] }],
});
const fromJson = (span: object) => decodeOtlpJson(Buffer.from(JSON.stringify(requestOf(span))));
const fromProtobuf = (span: object) => decodeOtlpProtobuf(encodeOtlpProtobuf(requestOf(span) as never));
const decodeValue = (value: unknown) =>
  fromJson({ startTimeUnixNano: start, attributes: [{ key: 'k', value }] }).spans[0]!.attributes.k;

describe('times', () => {
  it.each([
    ['1767312000123456789', 1_767_312_000_123_456],
    ['1767312000123456000', 1_767_312_000_123_456],
    ['1767312000123455999', 1_767_312_000_123_455],
    ['631152000000000000', 631_152_000_000_000],
    ['7258118399999999999', 7_258_118_399_999_999],
  ])('%s nanoseconds are exact to the microsecond', (nanoseconds, microseconds) => {
    const span = { startTimeUnixNano: nanoseconds, endTimeUnixNano: nanoseconds };
    expect(fromJson(span).spans[0]!.startTime).toBe(microseconds);
    expect(fromProtobuf(span).spans[0]!.startTime).toBe(microseconds);
    expect(fromProtobuf(span).spans[0]!.endTime).toBe(microseconds);
  });

  it('are the same in halves', () => {
    const whole = BigInt(start);
    const high = Number(whole >> 32n);
    const low = Number(whole & 0xffffffffn);
    expect(fromJson({ startTimeUnixNano: { high, low } }).spans[0]!.startTime).toBe(1_767_312_000_123_456);
    expect(fromJson({ startTimeUnixNano: { high, low: low | 0 } }).spans[0]!.startTime).toBe(
      1_767_312_000_123_456,
    );
  });

  it('are exact for every nanosecond that can be stored', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 631_152_000_000_000_000n, max: 7_258_118_399_999_999_999n }),
        (nanoseconds) => {
          const span = { startTimeUnixNano: String(nanoseconds) };
          const expected = Number(nanoseconds / 1000n);
          expect(fromProtobuf(span).spans[0]!.startTime).toBe(expected);
          expect(fromJson(span).spans[0]!.startTime).toBe(expected);
        },
      ),
    );
  });

  it('that are missing take the other', () => {
    for (const decode of [fromJson, fromProtobuf]) {
      expect(decode({ endTimeUnixNano: start }).spans[0]).toMatchObject({ startTime: 1_767_312_000_123_456 });
      expect(decode({ startTimeUnixNano: start, endTimeUnixNano: '0' }).spans[0]).toMatchObject({
        endTime: 1_767_312_000_123_456,
      });
      expect(decode({}).rejected).toEqual([{ index: 0, reason: refusals.noTime }]);
    }
  });

  it('of an event fall back to the start of its span', () => {
    for (const decode of [fromJson, fromProtobuf])
      expect(decode({ startTimeUnixNano: start, events: [{ name: 'e' }] }).spans[0]!.events[0]!.time).toBe(
        1_767_312_000_123_456,
      );
  });
});

describe('ids of OTLP/JSON', () => {
  const ids = (span: object) => {
    const { traceId, spanId, parentSpanId } = fromJson({ startTimeUnixNano: start, ...span }).spans[0]!;
    return { traceId, spanId, parentSpanId };
  };

  it('are lower-cased when they are hex of the right length, else kept', () => {
    expect(ids({ traceId: traceId.toUpperCase(), spanId: spanId.toUpperCase() })).toEqual({
      traceId,
      spanId,
      parentSpanId: '',
    });
    expect(ids({ traceId: 'Trace-7', spanId: 'ABC', parentSpanId: 'Root' })).toEqual({
      traceId: 'Trace-7',
      spanId: 'ABC',
      parentSpanId: 'Root',
    });
  });

  it('may be bytes', () => {
    const bytes = [...Buffer.from(traceId, 'hex')];
    expect(
      ids({ traceId: bytes, spanId: { type: 'Buffer', data: [...Buffer.from(spanId, 'hex')] } }),
    ).toEqual({
      traceId,
      spanId,
      parentSpanId: '',
    });
    expect(fromJson({ startTimeUnixNano: start, traceId: [1, 2] }).rejected).toHaveLength(1);
    expect(fromJson({ startTimeUnixNano: start, traceId: bytes.map(() => 0) }).rejected).toHaveLength(1);
    expect(fromJson({ startTimeUnixNano: start, traceId: bytes.map(() => 256) }).rejected).toHaveLength(1);
  });

  it.each([null, '', '0000000000000000'])('make a root of a parent of %j', (parentSpanId) => {
    expect(ids({ parentSpanId }).parentSpanId).toBe('');
  });
});

describe('values of OTLP/JSON', () => {
  it.each<[unknown, unknown]>([
    [{ stringValue: 'x' }, 'x'],
    [{ intValue: '42' }, 42],
    [{ intValue: 42 }, 42],
    [{ intValue: '9223372036854775807' }, '9223372036854775807'],
    [{ intValue: '-9223372036854775808' }, '-9223372036854775808'],
    [{ intValue: '9007199254740991' }, 9_007_199_254_740_991],
    [{ intValue: { high: -1, low: -1 } }, -1],
    [{ intValue: { high: 1, low: 0 } }, 4_294_967_296],
    [{ doubleValue: 1.5 }, 1.5],
    [{ doubleValue: '1.5' }, 1.5],
    [{ doubleValue: 'NaN' }, 'NaN'],
    [{ doubleValue: '-Infinity' }, '-Infinity'],
    [{ boolValue: false }, false],
    [{ boolValue: 'true' }, true],
    [{ arrayValue: { values: [{ intValue: 1 }, {}] } }, [1, null]],
    [{ arrayValue: {} }, []],
    [{ kvlistValue: { values: [{ key: 'a', value: { intValue: 1 } }] } }, { a: 1 }],
    [{ bytesValue: 'AQI=' }, 'AQI='],
    [{ string_value: 'snake' }, 'snake'],
    [{ array_value: { values: [{ bool_value: true }] } }, [true]],
    [{}, null],
    [null, null],
  ])('%j is %j', (value, expected) => {
    expect(decodeValue(value)).toEqual(expected);
  });

  it('keep the last of duplicate keys, and a key of any name', () => {
    const { attributes } = fromJson({
      startTimeUnixNano: start,
      attributes: [
        { key: 'k', value: { intValue: 1 } },
        { key: '__proto__', value: { stringValue: 'p' } },
        { key: 'k', value: { intValue: 2 } },
      ],
    }).spans[0]!;
    expect(Object.entries(attributes)).toEqual([
      ['k', 2],
      ['__proto__', 'p'],
    ]);
  });
});

describe('names of the proto file', () => {
  it('are read as the JSON names', () => {
    const body = {
      resource_spans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { string_value: 's' } }] },
          scope_spans: [
            {
              scope: { name: 'n' },
              spans: [
                {
                  trace_id: traceId,
                  span_id: spanId,
                  parent_span_id: spanId,
                  start_time_unix_nano: start,
                  end_time_unix_nano: start,
                  status: { code: 'STATUS_CODE_ERROR' },
                  events: [{ name: 'e', time_unix_nano: start }],
                },
              ],
            },
          ],
        },
      ],
    };
    const [span] = decodeOtlpJson(Buffer.from(`\uFEFF${JSON.stringify(body)}`)).spans;
    expect(span).toMatchObject({ traceId, parentSpanId: spanId, statusCode: 2, scope: { name: 'n' } });
    expect(span!.resource.attributes['service.name']).toBe('s');
  });

  it('of before OTLP 0.15 too', () => {
    const spans = [{ traceId, spanId, startTimeUnixNano: start }];
    const body = {
      resourceSpans: [{ instrumentationLibrarySpans: [{ instrumentationLibrary: { name: 'old' }, spans }] }],
    };
    expect(decodeOtlpJson(Buffer.from(JSON.stringify(body))).spans[0]!.scope.name).toBe('old');
  });
});

describe('positions', () => {
  const spans = ['1', '2', '3'].map((digit) => ({
    traceId,
    spanId: digit.repeat(16),
    startTimeUnixNano: start,
  }));
  const request = {
    resourceSpans: [
      { scopeSpans: [{ spans: [spans[0]!, { ...spans[1]!, spanId: '' }] }] },
      { scopeSpans: [{ spans: [] }, { spans: [spans[2]!] }] },
    ],
  };

  it.each([
    ['json', (skipped: number[]) => decodeOtlpJson(Buffer.from(JSON.stringify(request)), skipped)],
    ['protobuf', (skipped: number[]) => decodeOtlpProtobuf(encodeOtlpProtobuf(request), skipped)],
  ])('are counted over all resources in %s, and those of the door passed over', (_name, decode) => {
    expect(decode([]).rejected).toEqual([{ index: 1, reason: refusals.spanId }]);
    expect(decode([]).spans.map(({ spanId }) => spanId[0])).toEqual(['1', '3']);
    expect(decode([1, 2])).toMatchObject({ rejected: [], spans: [{ spanId: '1'.repeat(16) }] });
  });
});

it('protobuf and JSON of the same values are the same spans', () => {
  const { value } = fc.letrec<{ value: AnyValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.record({ stringValue: fc.string({ unit: 'grapheme' }) }),
      fc.record({ boolValue: fc.boolean() }),
      fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
      fc.record({
        doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x)),
      }),
      fc.record({ bytesValue: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')) }),
      fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
      fc.record({
        kvlistValue: fc.record({
          values: fc.array(fc.record({ key: fc.string(), value: tie('value') }), { maxLength: 3 }),
        }),
      }),
    ),
  }));
  const keyed = fc.array(fc.record({ key: fc.string(), value }), { maxLength: 5 });
  fc.assert(
    fc.property(keyed, keyed, fc.string({ unit: 'grapheme' }), (attributes, eventAttributes, name) => {
      const span = {
        name,
        startTimeUnixNano: start,
        attributes,
        events: [{ name, timeUnixNano: start, attributes: eventAttributes }],
        status: { code: 2, message: name },
      };
      expect(fromProtobuf(span)).toEqual(fromJson(span));
    }),
    { numRuns: 500 },
  );
});

describe('isJsonDeeperThan', () => {
  it('counts what nests and nothing in strings', () => {
    expect(isJsonDeeperThan('[[{"a":[1]}]]', 4)).toBe(false);
    expect(isJsonDeeperThan('[[{"a":[1]}]]', 3)).toBe(true);
    expect(isJsonDeeperThan('[[],[],[]]', 2)).toBe(false);
    expect(isJsonDeeperThan(JSON.stringify(['[[[[', '\\', '\\"[[[[', '"']), 1)).toBe(false);
    expect(isJsonDeeperThan('"[[[[', 1)).toBe(false);
  });
});
