import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultProxy, startFaultProxy } from '@tracewell/testkit/fault-proxy';
import { type S3Server, s3ServerMissing, startS3Server } from '@tracewell/testkit/servers/s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { describeBlob } from './conformance';
import type { Blob } from './port';
import { BlobUnavailable } from './port';
import { openS3Blob } from './s3';

if (s3ServerMissing) process.stderr.write(`S3 is not tested: ${s3ServerMissing}\n`);

describe.skipIf(s3ServerMissing)('with an S3 server', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tracewell-s3-'));
  let server: S3Server;
  let proxy: FaultProxy;
  let serial = 0;
  beforeAll(async () => {
    server = await startS3Server(directory);
    proxy = await startFaultProxy({ port: server.port });
  });
  afterAll(async () => {
    await proxy?.close();
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  afterEach(() => proxy.set('pass'));

  const open = (options: object = {}) =>
    openS3Blob({ ...server.options, prefix: `test-${serial++}/`, ...options });
  const openThroughProxy = (options: object = {}) =>
    open({
      endpoint: `http://127.0.0.1:${proxy.port}`,
      prefix: 'proxied/',
      tryTimeoutMs: 300,
      callTimeoutMs: 1_500,
      ...options,
    });
  const bytes = (text: string) => new TextEncoder().encode(text);

  describeBlob('S3', () => open({ partBytes: 5 * 1024 * 1024 }));

  describe('signed URLs', () => {
    const content = bytes('a picture');
    const sha256 = createHash('sha256').update(content).digest('base64');
    const soon = () => new Date(Date.now() + 60_000);
    const terms = { contentType: 'image/png', contentLength: content.length, sha256 };
    const headers = { 'content-type': 'image/png', 'x-amz-checksum-sha256': sha256 };
    const put = async (url: string, body = content, change: Record<string, string> = {}) =>
      (await fetch(url, { method: 'PUT', body, headers: { ...headers, ...change } })).status;

    it('take what was signed for and hand it out on its terms', async () => {
      const blob = await open();
      expect(await put(await blob.signUpload('u/a', { ...terms, expiresAt: soon() }))).toBe(200);
      const url = await blob.signDownload('u/a', {
        contentType: 'image/png',
        disposition: 'attachment; filename="a.png"',
        expiresAt: soon(),
      });
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('a picture');
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="a.png"');
      const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
      expect([part.status, await part.text()]).toEqual([206, 'pic']);
      await blob.close?.();
    });

    it('refuse other bytes, another type, another object and another use', async () => {
      const blob = await open();
      const url = await blob.signUpload('u/b', { ...terms, expiresAt: soon() });
      expect(await put(url, bytes('a forgery'))).toBeGreaterThanOrEqual(400);
      expect(await put(url, bytes('a picture and more'))).toBeGreaterThanOrEqual(400);
      expect(await put(url, content, { 'content-type': 'text/html' })).toBe(403);
      expect(await put(url, content, { 'x-amz-checksum-sha256': 'x' })).toBeGreaterThanOrEqual(400);
      expect(await put(url.replace('u/b', 'u/c'))).toBe(403);
      expect((await fetch(url)).status).toBe(403);
      expect(await blob.get('u/b')).toBeNull();
      expect(await blob.get('u/c')).toBeNull();
      await blob.close?.();
    });

    it('end when their time is over', async () => {
      const blob = await open();
      const url = await blob.signUpload('u/d', { ...terms, expiresAt: new Date() });
      await expect.poll(() => put(url), { timeout: 10_000 }).toBe(403);
      await blob.close?.();
    });

    it('name the store as others reach it', async () => {
      const blob = await open({ publicEndpoint: 'https://files.example.com' });
      const url = await blob.signDownload('u/x', {
        contentType: 'image/png',
        disposition: 'inline',
        expiresAt: soon(),
      });
      expect(new URL(url).origin).toBe('https://files.example.com');
      await blob.close?.();
    });
  });

  describe('a store in trouble', () => {
    const calls: [string, (blob: Blob) => Promise<unknown>][] = [
      ['put', (blob) => blob.put('x', bytes('x'))],
      ['put of a large body', (blob) => blob.put('y', Buffer.alloc(6 * 1024 * 1024))],
      ['get', (blob) => blob.get('x')],
      ['size', (blob) => blob.size('x')],
      ['list', (blob) => blob.list('')],
      ['delete', (blob) => blob.delete(['x'])],
    ];

    it.each(calls)(
      '%s says unavailable in time, refused, stalled or erring, and works after',
      async (_, call) => {
        const blob = await openThroughProxy({ partBytes: 5 * 1024 * 1024 });
        await call(blob);
        for (const fault of ['refuse', 'stall', 'error'] as const) {
          proxy.set(fault);
          const startedAt = Date.now();
          await expect(call(blob), fault).rejects.toBeInstanceOf(BlobUnavailable);
          expect(Date.now() - startedAt, fault).toBeLessThan(5_000);
          expect(await blob.ping()).toBe(false);
        }
        proxy.set('pass');
        await call(blob);
        expect(await blob.ping()).toBe(true);
        await blob.close?.();
      },
    );

    it('never hands out part of an object for the whole', async () => {
      const blob = await openThroughProxy();
      await blob.put('whole', Buffer.alloc(300_000, 'whole '));
      for (const truncateAfter of [50, 700, 5_000, 200_000]) {
        proxy.set('truncate', { truncateAfter });
        await expect(blob.get('whole'), `${truncateAfter}`).rejects.toBeInstanceOf(BlobUnavailable);
      }
      proxy.set('pass');
      expect((await blob.get('whole'))?.length).toBe(300_000);
      await blob.close?.();
    });

    it('gets by while three connections in ten are answered 503', async () => {
      const blob = await openThroughProxy();
      let connection = 0;
      proxy.set('error', { random: () => ([0, 3, 6].includes(connection++ % 10) ? 0 : 1), share: 0.5 });
      for (let at = 0; at < 20; at++) {
        // A client of its own each: one that got through would go on with that connection.
        const each = await openThroughProxy({ tryTimeoutMs: 2_000, callTimeoutMs: 9_000 });
        await each.put(`many/${at}`, bytes(`${at}`));
        await each.close?.();
      }
      expect(connection).toBeGreaterThan(25);
      proxy.set('pass');
      expect(await blob.list('many/')).toHaveLength(20);
      await blob.close?.();
    });

    it('calls a wrong key and an absent bucket the store’s trouble, not the client’s', async () => {
      for (const wrong of [{ secretAccessKey: 'another' }, { bucket: 'nowhere' }]) {
        const blob = await open(wrong);
        await expect(blob.put('x', bytes('x'))).rejects.toBeInstanceOf(BlobUnavailable);
        await expect(blob.get('x')).rejects.toBeInstanceOf(BlobUnavailable);
        expect(await blob.ping()).toBe(false);
        await blob.close?.();
      }
    });
  });
});
