import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDataFolder, type Secrets } from './data-folder';

const root = mkdtempSync(join(tmpdir(), 'tracewell-folder-'));
afterAll(() => rmSync(root, { recursive: true }));

function secretsOf(path: string): Secrets {
  const folder = openDataFolder(path);
  folder.unlock();
  return folder.secrets;
}

describe('the secrets of a data folder', () => {
  it('are generated once and kept', () => {
    const path = mkdtempSync(join(root, 'new-'));
    const first = secretsOf(path);
    expect(first.encryptionKey).toMatch(/^[0-9a-f]{64}$/);
    expect(secretsOf(path)).toEqual(first);
  });

  it('of an older version get what that did not need, and keep the rest', () => {
    const path = mkdtempSync(join(root, 'old-'));
    const { encryptionKey: _, ...older } = secretsOf(path);
    writeFileSync(join(path, 'secrets.json'), JSON.stringify(older));
    const now = secretsOf(path);
    expect(now).toEqual({ ...older, encryptionKey: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(secretsOf(path)).toEqual(now);
  });

  it.each(['{', '{}', 'null', '[]'])('are not made anew where they are damaged: %s', (text) => {
    const path = mkdtempSync(join(root, 'damaged-'));
    secretsOf(path);
    writeFileSync(join(path, 'secrets.json'), text);
    expect(() => openDataFolder(path)).toThrow(/damaged/);
    expect(readFileSync(join(path, 'secrets.json'), 'utf8')).toBe(text);
  });
});
