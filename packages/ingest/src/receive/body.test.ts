import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateBody, MalformedBody, PayloadTooLarge, UnsupportedEncoding } from './body';

const body = Buffer.from('{"resourceSpans":[]}'.repeat(20));
const limits = { maxBytes: 10_000, maxInflatedBytes: 5_000 };

describe('inflateBody gives back what was compressed', () => {
  it.each([
    ['gzip', gzipSync(body)],
    ['x-gzip', gzipSync(body)],
    [' GZIP ', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['deflate', deflateRawSync(body)],
    ['br', brotliCompressSync(body)],
    ['identity', body],
    ['', body],
    [undefined, body],
  ])('%s', async (encoding, bytes) => {
    expect(Buffer.from(await inflateBody(bytes, encoding, limits))).toEqual(body);
  });

  it('takes a body of several gzip members', async () => {
    const bytes = Buffer.concat([gzipSync('one'), gzipSync('two')]);
    expect(Buffer.from(await inflateBody(bytes, 'gzip', limits)).toString()).toBe('onetwo');
  });
});

describe('inflateBody holds its limits', () => {
  const zeros = Buffer.alloc(5_001);

  it('takes exactly as much as the limit says and not a byte more', async () => {
    expect((await inflateBody(gzipSync(zeros.subarray(1)), 'gzip', limits)).byteLength).toBe(5_000);
    await expect(inflateBody(gzipSync(zeros), 'gzip', limits)).rejects.toThrow(PayloadTooLarge);
    expect((await inflateBody(Buffer.alloc(10_000), undefined, limits)).byteLength).toBe(10_000);
    await expect(inflateBody(Buffer.alloc(10_001), undefined, limits)).rejects.toThrow(PayloadTooLarge);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(5_000_000))],
    ['deflate', deflateSync(Buffer.alloc(5_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(5_000_000))],
  ])('stops a bomb of %s', async (encoding, bomb) => {
    await expect(inflateBody(bomb, encoding, limits)).rejects.toMatchObject({ status: 413 });
  });
});

describe('inflateBody refuses what it cannot read', () => {
  const gzipped = gzipSync(body);
  const wrongChecksum = Buffer.from(gzipped);
  wrongChecksum[gzipped.length - 8]! ^= 0xff;

  it.each([
    ['text as gzip', 'gzip', body],
    ['cut gzip', 'gzip', gzipped.subarray(0, -4)],
    ['a wrong checksum', 'gzip', wrongChecksum],
    ['bytes after the end', 'gzip', Buffer.concat([gzipped, Buffer.from('garbage')])],
    ['zeros after the end', 'gzip', Buffer.concat([gzipped, Buffer.alloc(9)])],
    ['text as br', 'br', Buffer.from('not brotli at all')],
    ['nothing as gzip', 'gzip', Buffer.alloc(0)],
  ])('%s', async (_name, encoding, bytes) => {
    await expect(inflateBody(bytes, encoding, limits)).rejects.toThrow(MalformedBody);
  });

  it.each(['zstd', 'gzip, gzip', 'constructor', '__proto__'])('the encoding %s', async (encoding) => {
    await expect(inflateBody(gzipped, encoding, limits)).rejects.toThrow(UnsupportedEncoding);
  });
});
