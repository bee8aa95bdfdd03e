import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { encodeErrorStatus, encodeTraceResponse } from './otlp-response';

const rejected = [
  { index: 1, reason: 'traceId is bad' },
  { index: 4, reason: 'traceId is bad' },
  { index: 7, reason: 'spanId is bad' },
];

/** Fields of a message by number; nested messages are left as bytes. */
function fieldsOf(bytes: Uint8Array): Record<number, unknown> {
  const reader = new PbfReader(bytes);
  return reader.readFields<Record<number, unknown>>((tag, into, pbf) => {
    into[tag] = pbf.type === 2 ? pbf.readBytes() : pbf.readVarint();
  }, {});
}

const text = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString();

describe('encodeTraceResponse', () => {
  it('is an empty message when everything was taken', () => {
    expect(encodeTraceResponse([], 'protobuf')).toHaveLength(0);
    expect(text(encodeTraceResponse([], 'json'))).toBe('{}');
  });

  it('counts refused spans and tells each reason once', () => {
    const message = 'span 1 and 1 more: traceId is bad; span 7: spanId is bad';
    const partial = fieldsOf(fieldsOf(encodeTraceResponse(rejected, 'protobuf'))[1] as Uint8Array);
    expect(partial[1]).toBe(3);
    expect(text(partial[2])).toBe(message);
    expect(JSON.parse(text(encodeTraceResponse(rejected, 'json')))).toEqual({
      partialSuccess: { rejectedSpans: '3', errorMessage: message },
    });
  });

  it('tells at most five reasons', () => {
    const many = Array.from({ length: 8 }, (_, index) => ({ index, reason: `reason ${index}` }));
    const { partialSuccess } = JSON.parse(text(encodeTraceResponse(many, 'json')));
    expect(partialSuccess.rejectedSpans).toBe('8');
    expect(partialSuccess.errorMessage).toMatch(/span 4: reason 4; and 3 other reasons$/);
  });
});

describe('encodeErrorStatus', () => {
  it('is a google.rpc.Status in the encoding of the request', () => {
    const status = fieldsOf(encodeErrorStatus(400, 'no protobuf', 'protobuf'));
    expect(status[1]).toBe(3);
    expect(text(status[2])).toBe('no protobuf');
    expect(JSON.parse(text(encodeErrorStatus(503, 'busy', 'json')))).toEqual({ code: 14, message: 'busy' });
  });
});
