import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openLocalBlob } from './local';
import { type ObjectDoor, SignedUrlRefused, UploadRefused } from './port';

const directory = mkdtempSync(join(tmpdir(), 'tracewell-door-'));
const blob = openLocalBlob(directory, { urlSecret: 'one secret' });
const door = blob.door as ObjectDoor;
afterAll(() => rmSync(directory, { recursive: true }));

const content = new TextEncoder().encode('a picture');
const sha256 = createHash('sha256').update(content).digest('base64');
const soon = () => new Date(Date.now() + 60_000);
const urlOf = (path: string) => new URL(path, 'http://localhost');
const terms = (changes: object = {}) => ({
  contentType: 'image/png',
  contentLength: content.length,
  sha256,
  expiresAt: soon(),
  ...changes,
});
async function* pieces(...bodies: Uint8Array[]) {
  yield* bodies;
}
const send = (url: URL, body: Uint8Array[] = [content], headers: Record<string, string> = {}) =>
  door.receive({ url, headers: new Headers(headers), body: pieces(...body) });
const download = (key: string, expiresAt = soon()) =>
  blob.signDownload(key, { contentType: 'image/png', disposition: 'inline', expiresAt }).then(urlOf);

describe('the door of local objects', () => {
  it('takes what was signed for and hands it out, whole and in parts', async () => {
    await send(urlOf(await blob.signUpload('p/a', terms())), [content.subarray(0, 4), content.subarray(4)], {
      'content-type': 'image/png',
      'content-length': '9',
      'x-amz-checksum-sha256': sha256,
    });
    const url = await download('p/a');
    const object = (await door.open(url))!;
    expect(object).toMatchObject({ contentType: 'image/png', disposition: 'inline', size: 9 });
    expect(await new Response(object.read()).text()).toBe('a picture');
    const part = (await door.open(url))!;
    expect(await new Response(part.read({ start: 2, end: 5 })).text()).toBe('pic');
    const none = (await door.open(url))!;
    expect(await new Response(none.read({ start: 9 })).text()).toBe('');
    expect(await door.open(await download('p/none'))).toBeNull();
  });

  it.each([
    ['another type', [content], { 'content-type': 'text/html' }],
    ['another length', [content], { 'content-length': '10' }],
    ['another checksum', [content], { 'x-amz-checksum-sha256': 'x' }],
    ['fewer bytes', [content.subarray(1)], {}],
    ['more bytes', [content, content], {}],
    ['other bytes', [new TextEncoder().encode('a forgery')], {}],
  ])('refuses %s and keeps nothing', async (_, body, headers) => {
    const url = urlOf(await blob.signUpload('q/refused', terms()));
    await expect(send(url, body as Uint8Array[], headers as Record<string, string>)).rejects.toThrow(
      UploadRefused,
    );
    expect(await blob.get('q/refused')).toBeNull();
    expect(readdirSync(directory).includes('q') ? readdirSync(join(directory, 'q')) : []).toEqual([]);
  });

  it('refuses a URL that was changed, is for something else, from elsewhere or too old', async () => {
    const upload = await blob.signUpload('p/b', terms());
    const refused: URL[] = [
      urlOf(upload.replace('p/b', 'p/c')),
      urlOf(upload.replace('length=9', 'length=90')),
      urlOf(upload.replace(/signature=./, 'signature=')),
      urlOf(upload.replace(/&signature=.*/, '')),
      urlOf('/api/public/media'),
      await download('p/b'),
      urlOf(await blob.signUpload('p/b', terms({ expiresAt: new Date(Date.now() - 1) }))),
      urlOf(await openLocalBlob(directory, { urlSecret: 'another' }).signUpload('p/b', terms())),
    ];
    for (const url of refused) await expect(send(url), url.href).rejects.toThrow(SignedUrlRefused);
    await expect(door.open(urlOf(upload))).rejects.toThrow(SignedUrlRefused);
    await expect(door.open(await download('p/b', new Date(0)))).rejects.toThrow(SignedUrlRefused);
  });

  it('cannot be had without a secret', async () => {
    const without = openLocalBlob(directory);
    expect(without.door).toBeUndefined();
    await expect(without.signUpload('p/b', terms())).rejects.toThrow(/without a secret/);
  });
});
