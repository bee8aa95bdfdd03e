import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from './batch';
import { batchKeyOf, DamagedBatch, decodeBatch, encodeBatch, minuteOfBatchKey } from './raw-batch';

const frame = (body: Uint8Array, over: Partial<Frame> = {}): Frame => ({
  kind: 'otlp-protobuf',
  encoding: 'identity',
  projectId: 'p',
  receivedAt: 1_700_000_000_000_000,
  accepted: 3,
  rejected: [1],
  apiKey: 'pk',
  sdkName: 'python',
  sdkVersion: '4.0.0',
  scoresOnly: false,
  body,
  ...over,
});

describe('raw batch', () => {
  it('gives back every frame byte for byte', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 500 }), { maxLength: 5 }), (bodies) => {
        const frames = bodies.map((body) => frame(body));
        const decoded = decodeBatch(encodeBatch(frames));
        expect(decoded.map((f) => ({ ...f, body: [...f.body] }))).toEqual(
          frames.map((f) => ({ ...f, body: [...f.body] })),
        );
      }),
    );
  });

  it('refuses any cut and any changed byte instead of giving back other frames', () => {
    const whole = encodeBatch([frame(new TextEncoder().encode('hello')), frame(new Uint8Array(20))]);
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeBatch(whole.subarray(0, length))).toThrow(DamagedBatch);
    }
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole);
      changed[at] = changed[at]! ^ 0x40;
      expect(() => decodeBatch(changed)).toThrow(DamagedBatch);
    }
  });

  it('has keys that sort by the minute they were received in', () => {
    const key = batchKeyOf(new Date('2026-01-31T23:59:58Z'), 'id');
    expect(key).toBe('raw/2026/01/31/23/59/id');
    expect(minuteOfBatchKey(key)).toEqual(new Date('2026-01-31T23:59:00Z'));
    expect(minuteOfBatchKey('media/x')).toBeNull();
  });
});
