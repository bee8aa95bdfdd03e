import {
  type AnyValue,
  encodeOtlpProtobuf,
  type OtlpJson,
  type OtlpJsonSpan,
} from '@tracewell/testkit/otlp-encode';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedBody, PayloadTooLarge } from '../decode/body-errors';
import { otlpLimits } from '../decode/limits';
import { decodeOtlpJson } from '../decode/otlp-json';
import { decodeOtlpProtobuf } from '../decode/otlp-protobuf';
import { refusals } from '../decode/span-rules';
import { inspectJson } from './otlp-json';
import { inspectProtobuf } from './otlp-protobuf';

const good: OtlpJsonSpan = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  name: 'chat',
  startTimeUnixNano: '1767312000123456789',
  endTimeUnixNano: '1767312001000000000',
  attributes: [{ key: 'gen_ai.system', value: { stringValue: 'openai' } }],
  events: [{ name: 'exception', timeUnixNano: '1767312000500000000', attributes: [] }],
  status: { code: 2, message: 'boom' },
};

const request = (...spans: OtlpJsonSpan[]): OtlpJson => ({
  resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 's' }, spans }] }],
});

const asJson = (value: unknown) => Buffer.from(JSON.stringify(value));

const encodings = {
  protobuf: (json: OtlpJson) => ({ inspect: () => inspectProtobuf(encodeOtlpProtobuf(json)) }),
  json: (json: OtlpJson) => ({ inspect: () => inspectJson(asJson(json)) }),
};

function nested(depth: number): AnyValue {
  let value: AnyValue = { stringValue: 'leaf' };
  for (let level = 1; level < depth; level++) value = { arrayValue: { values: [value] } };
  return value;
}

const attributes = (count: number, value: AnyValue = { boolValue: true }) =>
  Array.from({ length: count }, (_, at) => ({ key: `k${at}`, value }));

describe.each(Object.entries(encodings))('a span at the %s door', (_encoding, door) => {
  const inspect = (...spans: OtlpJsonSpan[]) => door(request(...spans)).inspect();

  it.each<[string, Partial<OtlpJsonSpan>]>([
    ['as it should be', {}],
    ['without a start', { startTimeUnixNano: undefined }],
    ['without an end', { endTimeUnixNano: '0' }],
    ['that ends before it starts', { endTimeUnixNano: '1767311000000000000' }],
    ['with a parent of zeros', { parentSpanId: '0000000000000000' }],
    ['with as many attributes as are allowed', { attributes: attributes(otlpLimits.attributesPerSpan) }],
    [
      'with as many values as are allowed',
      {
        attributes: [
          {
            key: 'list',
            value: { arrayValue: { values: Array(otlpLimits.valuesPerSpan - 1).fill({ boolValue: true }) } },
          },
        ],
      },
    ],
  ])('%s is taken', (_name, change) => {
    expect(inspect({ ...good, ...change })).toEqual({ accepted: 1, rejected: [] });
  });

  it.each<[string, Partial<OtlpJsonSpan>, string]>([
    ['a trace id of zeros', { traceId: '0'.repeat(32) }, refusals.traceId],
    ['no trace id', { traceId: '' }, refusals.traceId],
    ['a span id of zeros', { spanId: '0'.repeat(16) }, refusals.spanId],
    ['no span id', { spanId: '' }, refusals.spanId],
    ['no times', { startTimeUnixNano: undefined, endTimeUnixNano: undefined }, refusals.noTime],
    ['a start before 1990', { startTimeUnixNano: '631151999999999999' }, refusals.time],
    ['seconds for nanoseconds', { startTimeUnixNano: '1767312000' }, refusals.time],
    ['an end after 2200', { endTimeUnixNano: '7258118400000000000' }, refusals.time],
    ['the largest end', { endTimeUnixNano: '18446744073709551615' }, refusals.time],
    [
      'too many attributes',
      { attributes: attributes(otlpLimits.attributesPerSpan + 1) },
      refusals.attributes,
    ],
    ['too many events', { events: Array(otlpLimits.eventsPerSpan + 1).fill({ name: 'e' }) }, refusals.events],
    [
      'too many attributes in its events',
      { attributes: [], events: [{ attributes: attributes(otlpLimits.attributesPerSpan + 1) }] },
      refusals.attributes,
    ],
    [
      'too many values',
      {
        attributes: [
          {
            key: 'list',
            value: { arrayValue: { values: Array(otlpLimits.valuesPerSpan).fill({ boolValue: true }) } },
          },
        ],
      },
      refusals.values,
    ],
  ])('with %s is refused alone', (_name, change, reason) => {
    expect(inspect(good, { ...good, ...change }, good)).toEqual({
      accepted: 2,
      rejected: [{ index: 1, reason }],
    });
  });

  it('is refused with every span of a resource that has too many attributes', () => {
    const json = request(good, good);
    json.resourceSpans![0]!.resource = { attributes: attributes(otlpLimits.attributesPerSpan + 1) };
    json.resourceSpans!.push(...request(good).resourceSpans!);
    expect(door(json).inspect()).toEqual({
      accepted: 1,
      rejected: [0, 1].map((index) => ({ index, reason: refusals.resource })),
    });
  });

  it('is refused with the request when there are too many', () => {
    expect(() =>
      inspect(...Array(otlpLimits.spansPerRequest + 1).fill({ ...good, attributes: [], events: [] })),
    ).toThrow(PayloadTooLarge);
  });

  it('is none in an empty request', () => {
    expect(door({}).inspect()).toEqual({ accepted: 0, rejected: [] });
    expect(door({ resourceSpans: [] }).inspect()).toEqual({ accepted: 0, rejected: [] });
  });
});

describe('nesting', () => {
  it('is taken up to the limit of protobuf and refused beyond, as attribute, in an event or in a list of keys', () => {
    const at = (depth: number) => ({ ...good, attributes: [{ key: 'deep', value: nested(depth) }] });
    const inEvent = (depth: number) => ({
      ...good,
      events: [{ attributes: [{ key: 'deep', value: nested(depth) }] }],
    });
    const inspect = (...spans: OtlpJsonSpan[]) => inspectProtobuf(encodeOtlpProtobuf(request(...spans)));
    expect(inspect(at(otlpLimits.valueDepth), inEvent(otlpLimits.valueDepth)).accepted).toBe(2);
    expect(inspect(at(otlpLimits.valueDepth + 1), inEvent(500)).rejected).toEqual(
      [0, 1].map((index) => ({ index, reason: refusals.depth })),
    );
  });

  it('of JSON is refused before it is parsed', () => {
    expect(() =>
      inspectJson(asJson(request({ ...good, attributes: [{ key: 'd', value: nested(60) }] }))),
    ).toThrow(MalformedBody);
    expect(() => inspectJson(Buffer.from('['.repeat(1_000_000)))).toThrow(/nests deeper/);
    expect(() => inspectJson(Buffer.from('{"a":'.repeat(1_000_000)))).toThrow(/nests deeper/);
  });

  it('is not counted inside JSON strings', () => {
    const value = { stringValue: `\\"${'['.repeat(500)}` };
    expect(inspectJson(asJson(request({ ...good, attributes: [{ key: 'text', value }] }))).accepted).toBe(1);
  });
});

describe('the protobuf door', () => {
  it('refuses ids of other lengths', () => {
    const inspect = (change: Partial<OtlpJsonSpan>) =>
      inspectProtobuf(encodeOtlpProtobuf(request({ ...good, ...change }))).rejected[0]?.reason;
    expect(inspect({ traceId: `${good.traceId}00` })).toBe(refusals.traceId);
    expect(inspect({ traceId: 'abcd' })).toBe(refusals.traceId);
    expect(inspect({ spanId: `${good.spanId}00` })).toBe(refusals.spanId);
    expect(inspect({ parentSpanId: 'abcd' })).toBe(refusals.parentSpanId);
  });

  it('refuses each record of logs that were sent to traces', () => {
    // ExportLogsServiceRequest nests alike, but its records begin with a time.
    const record = Buffer.from([0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x2a, 3, 0x0a, 1, 0x61]);
    const wrap = (field: number, bytes: Buffer) =>
      Buffer.concat([Buffer.from([field * 8 + 2, bytes.length]), bytes]);
    const logs = wrap(1, wrap(2, wrap(2, record)));
    expect(inspectProtobuf(logs)).toEqual({
      accepted: 0,
      rejected: [{ index: 0, reason: refusals.traceId }],
    });
  });

  it('passes over unknown fields of every wire type', () => {
    const unknown = Buffer.from([
      0x98, 0x06, 1, 0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0xaa, 0x06, 1, 9, 0xb5, 0x06, 1, 2, 3, 4,
    ]);
    const bytes = Buffer.concat([unknown, encodeOtlpProtobuf(request(good)), unknown]);
    expect(inspectProtobuf(bytes)).toEqual({ accepted: 1, rejected: [] });
    expect(decodeOtlpProtobuf(bytes).spans).toHaveLength(1);
  });

  it.each([
    ['JSON', asJson(request(good))],
    ['a group', Buffer.from([0x0b])],
    ['field 0', Buffer.from([0x02, 0x00])],
    ['a length beyond the end', Buffer.from([0x0a, 0x7f])],
    ['a length of 2^63', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])],
    ['an endless varint', Buffer.alloc(40, 0xff)],
  ])('refuses %s as no protobuf', (_name, bytes) => {
    expect(() => inspectProtobuf(bytes)).toThrow(MalformedBody);
  });
});

describe('the JSON door', () => {
  it.each([
    'nothing',
    '',
    '[]',
    'null',
    '{"resourceSpans":{}}',
    '{"resourceSpans":[1]}',
    '{"resourceSpans":[{"scopeSpans":1}]}',
    '{"resourceSpans":[{"scopeSpans":[null]}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":"x"}]}]}',
  ])('refuses %s', (text) => {
    expect(() => inspectJson(Buffer.from(text))).toThrow(MalformedBody);
  });

  it.each([
    ['attributes that are no array', { attributes: {} }, refusals.attributesNotArray],
    ['events that are no array', { events: 'x' }, refusals.eventsNotArray],
    ['event attributes that are no array', { events: [{ attributes: {} }] }, refusals.attributesNotArray],
    ['an id with a line break', { traceId: 'a\nb' }, refusals.traceId],
    ['an id of 65 characters', { spanId: 'x'.repeat(65) }, refusals.spanId],
    ['a number as id', { spanId: 7 }, refusals.spanId],
    ['a parent that is no id', { parentSpanId: true }, refusals.parentSpanId],
  ])('refuses a span with %s', (_name, change, reason) => {
    expect(inspectJson(asJson(request({ ...good, ...change } as OtlpJsonSpan))).rejected).toEqual([
      { index: 0, reason },
    ]);
  });

  it('refuses what is no span', () => {
    expect(inspectJson(asJson(request(null as never, [] as never, good)))).toEqual({
      accepted: 1,
      rejected: [0, 1].map((index) => ({ index, reason: refusals.notObject })),
    });
  });
});

describe('hostile bytes', () => {
  const bytes = encodeOtlpProtobuf(request(good, { ...good, attributes: [{ key: 'a', value: nested(9) }] }));

  /** What the door takes, the worker must take; what it refuses, it refuses with an error of its own. */
  function check(input: Uint8Array, inspect: typeof inspectProtobuf, decode: typeof decodeOtlpProtobuf) {
    let inspected: ReturnType<typeof inspectProtobuf>;
    try {
      inspected = inspect(input);
    } catch (error) {
      expect([MalformedBody, PayloadTooLarge]).toContain((error as Error).constructor);
      return;
    }
    const decoded = decode(
      input,
      inspected.rejected.map(({ index }) => index),
    );
    expect(decoded.rejected).toEqual([]);
    expect(decoded.spans).toHaveLength(inspected.accepted);
    JSON.stringify(decoded);
  }

  it('cut anywhere are no surprise', () => {
    for (let length = 0; length <= bytes.length; length++)
      check(bytes.subarray(0, length), inspectProtobuf, decodeOtlpProtobuf);
    const json = asJson(request(good));
    for (let length = 0; length <= json.length; length++)
      check(json.subarray(0, length), inspectJson, decodeOtlpJson);
  });

  it('changed anywhere are no surprise', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const changed = Uint8Array.from(bytes);
          for (const [at, byte] of changes) changed[at] = byte;
          check(changed, inspectProtobuf, decodeOtlpProtobuf);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('at random are no surprise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) =>
        check(input, inspectProtobuf, decodeOtlpProtobuf),
      ),
      { numRuns: 3_000 },
    );
  });

  it('of any JSON in any place are no surprise', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            traceId: fc.oneof(fc.constant(good.traceId), fc.jsonValue()),
            spanId: fc.oneof(fc.constant(good.spanId), fc.jsonValue()),
            parentSpanId: fc.jsonValue(),
            name: fc.jsonValue(),
            startTimeUnixNano: fc.oneof(fc.constant('1767312000123456789'), fc.jsonValue()),
            endTimeUnixNano: fc.jsonValue(),
            attributes: fc.oneof(
              fc.array(fc.record({ key: fc.string(), value: fc.jsonValue() })),
              fc.jsonValue(),
            ),
            events: fc.jsonValue(),
            status: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
        (span) => check(asJson(request(span as never)), inspectJson, decodeOtlpJson),
      ),
      { numRuns: 1_000 },
    );
  });
});
