import { describe, expect, it } from 'vitest';
import type { Blob } from './port';

/** What every object store must do; run by each adapter's test with the real thing. */
export function describeBlob(name: string, open: () => Blob | Promise<Blob>): void {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const text = (body: Uint8Array | null) => (body ? new TextDecoder().decode(body) : null);

  describe(`${name} as object store`, () => {
    it('gives back what was put, and null for what was not', async () => {
      const blob = await open();
      const body = Uint8Array.from({ length: 70_000 }, (_, n) => n % 256);
      await blob.put('a/b.bin', body);
      expect(Buffer.from((await blob.get('a/b.bin'))!).equals(body)).toBe(true);
      expect(await blob.get('a/c.bin')).toBeNull();
      await blob.put('a/b.bin', bytes('new'));
      expect(text(await blob.get('a/b.bin'))).toBe('new');
      await blob.put('empty', new Uint8Array());
      expect(text(await blob.get('empty'))).toBe('');
    });

    it('lists in byte order, from after a key, page by page', async () => {
      const blob = await open();
      const keys = ['l/1/a', 'l/1-2/a', 'l/1/b', 'l/10/a', 'l/2/a', 'l/2/a.b', 'l/2', 'm/1'].filter(
        (key) => key !== 'l/2',
      );
      for (const key of keys) await blob.put(key, bytes(key));
      const all = keys.filter((key) => key.startsWith('l/')).sort();
      expect(await blob.list('l/')).toEqual(all);
      expect(await blob.list('l/1')).toEqual(all.filter((key) => key.startsWith('l/1')));
      expect(await blob.list('none/')).toEqual([]);
      const paged: string[] = [];
      for (let after = ''; ; after = paged.at(-1)!) {
        const page = await blob.list('l/', { after, limit: 2 });
        paged.push(...page);
        if (page.length < 2) break;
      }
      expect(paged).toEqual(all);
    });

    it('keeps a body of many megabytes as it is', async () => {
      const blob = await open();
      const body = Buffer.alloc(17 * 1024 * 1024 + 1, 'what a long conversation weighs, ');
      await blob.put('large/x', body);
      expect(await blob.size('large/x')).toBe(body.length);
      expect(Buffer.from((await blob.get('large/x'))!).equals(body)).toBe(true);
      await blob.put('large/x', bytes('short'));
      expect(text(await blob.get('large/x'))).toBe('short');
    });

    it('shows one writer whole when several put the same key', async () => {
      const blob = await open();
      const bodies = Array.from({ length: 6 }, (_, n) => Buffer.alloc(200_000, `writer ${n} `));
      await Promise.all(bodies.map((body) => blob.put('same/x', body)));
      const found = Buffer.from((await blob.get('same/x'))!);
      expect(bodies.some((body) => body.equals(found))).toBe(true);
    });

    it('deletes, twice as well', async () => {
      const blob = await open();
      await blob.put('d/x', bytes('x'));
      await blob.delete(['d/x', 'd/never']);
      await blob.delete(['d/x']);
      await blob.delete([]);
      expect(await blob.get('d/x')).toBeNull();
      expect(await blob.list('d/')).toEqual([]);
    });

    it('gives back a part, and the size', async () => {
      const blob = await open();
      await blob.put('r/x', bytes('0123456789'));
      expect(text(await blob.get('r/x', { start: 2, end: 5 }))).toBe('234');
      expect(text(await blob.get('r/x', { start: 7 }))).toBe('789');
      expect(text(await blob.get('r/x', { start: 8, end: 99 }))).toBe('89');
      expect(text(await blob.get('r/x', { start: 10 }))).toBe('');
      expect(await blob.get('r/none', { start: 0, end: 1 })).toBeNull();
      expect(await blob.size('r/x')).toBe(10);
      expect(await blob.size('r/none')).toBeNull();
      expect(await blob.size('r')).toBeNull();
    });

    it('signs URLs that name the object and keep its terms', async () => {
      const blob = await open();
      const expiresAt = new Date(Date.now() + 60_000);
      const upload = await blob.signUpload('u/x', {
        contentType: 'image/png',
        contentLength: 3,
        sha256: 'a/b+c=',
        expiresAt,
      });
      const download = await blob.signDownload('u/x', {
        contentType: 'image/png',
        disposition: 'attachment',
        expiresAt,
      });
      for (const url of [upload, download]) expect(new URL(url, 'http://own').pathname).toMatch(/u\/x$/);
      expect(upload).not.toBe(download);
    });

    it.each([
      '../x',
      'a/../../x',
      '/etc/passwd',
      'a//b',
      '',
      'a\0b',
      '.hidden',
      'a/.',
      'x'.repeat(5_000),
      'a\\..\\b',
    ])('refuses the key %j', async (key) => {
      await expect((await open()).put(key, bytes('x'))).rejects.toThrow(RangeError);
    });
  });
}
