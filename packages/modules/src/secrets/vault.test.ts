import { describe, expect, it } from 'vitest';
import { createVault, maskSecret, SecretUnreadable } from './vault';

const vault = createVault('ab'.repeat(32));

describe('secrets at rest', () => {
  it('open where they were sealed, and look different each time', () => {
    const sealed = vault.seal('sk-ünïcode', 'connections/1');
    expect(sealed).not.toContain('sk-');
    expect(vault.open(sealed, 'connections/1')).toBe('sk-ünïcode');
    expect(vault.seal('sk-ünïcode', 'connections/1')).not.toBe(sealed);
    expect(vault.open(vault.seal('', 'x'), 'x')).toBe('');
  });

  it('do not open elsewhere, with another key, or changed', () => {
    const sealed = vault.seal('secret', 'connections/1');
    expect(() => vault.open(sealed, 'connections/2')).toThrow(SecretUnreadable);
    expect(() => createVault('cd'.repeat(32)).open(sealed, 'connections/1')).toThrow(
      /another TRACEWELL_ENCRYPTION_KEY/,
    );
    const parts = sealed.split('.');
    for (const position of [2, 3]) {
      const text = parts[position]!;
      const changed = parts.with(position, (text[0] === 'A' ? 'B' : 'A') + text.slice(1)).join('.');
      expect(() => vault.open(changed, 'connections/1')).toThrow(SecretUnreadable);
    }
    for (const broken of [
      '',
      'plain text',
      `${parts[0]}.${parts[1]}`,
      'v2.a.b.c',
      `${parts.slice(0, 3).join('.')}.`,
    ]) {
      expect(() => vault.open(broken, 'connections/1'), broken).toThrow(SecretUnreadable);
    }
  });

  it('of an old key open, and are sealed with the new one when they are written again', () => {
    const [old, current] = ['ab'.repeat(32), 'cd'.repeat(32)];
    const sealed = vault.seal('secret', 'connections/1');
    const rotated = createVault(current, ['ef'.repeat(32), old]);
    expect(rotated.open(sealed, 'connections/1')).toBe('secret');
    expect(() => rotated.open(sealed, 'connections/2')).toThrow(SecretUnreadable);

    const again = rotated.reseal(sealed, 'connections/1');
    expect(createVault(current).open(again, 'connections/1')).toBe('secret');
    expect(() => vault.open(again, 'connections/1')).toThrow(SecretUnreadable);
    expect(rotated.reseal(again, 'connections/1'), 'as it is').toBe(again);
    expect(() => createVault(current).reseal(sealed, 'connections/1')).toThrow(SecretUnreadable);
    expect(() => createVault(current, ['short'])).toThrow(RangeError);
    expect(() => createVault(current, Array(11).fill(old))).toThrow(RangeError);
  });

  it('need a whole key', () => {
    for (const key of ['', 'ab', 'zz'.repeat(32), 'ab'.repeat(33)])
      expect(() => createVault(key)).toThrow(RangeError);
  });

  it('are shown by their ends, and short ones not at all', () => {
    expect(maskSecret('sk-proj-123456')).toBe('...3456');
    expect(maskSecret('{"accessKeyId":"AK","secretAccessKey":"abcdwxyz"}')).toBe('...wxyz');
    expect(maskSecret('short')).toBe('...');
  });
});
