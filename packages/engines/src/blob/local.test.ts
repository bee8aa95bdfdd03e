import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeBlob } from './conformance';
import { openLocalBlob } from './local';

const root = mkdtempSync(join(tmpdir(), 'tracewell-blob-'));
afterAll(() => rmSync(root, { recursive: true }));

describeBlob('a folder', () =>
  openLocalBlob(mkdtempSync(join(root, 'x-')), { urlSecret: 'secret of the test' }),
);

describe('local objects', () => {
  it('passes over what a crash left half written', async () => {
    const directory = mkdtempSync(join(root, 'y-'));
    const blob = openLocalBlob(directory);
    await blob.put('k', new Uint8Array([1]));
    writeFileSync(join(directory, 'k2-abc.partial'), 'half');
    expect(await blob.list('')).toEqual(['k']);
  });

  it('leaves nothing behind when a put fails, and goes on after its folder was removed', async () => {
    const directory = mkdtempSync(join(root, 'z-'));
    const blob = openLocalBlob(directory);
    await blob.put('a/1', new Uint8Array([1]));
    rmSync(join(directory, 'a'), { recursive: true });
    await blob.put('a/2', new Uint8Array([2]));
    expect(readdirSync(join(directory, 'a'))).toEqual(['2']);
  });
});
