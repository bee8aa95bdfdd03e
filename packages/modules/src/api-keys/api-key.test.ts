import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkKeyPair, createKeyPair, displaySecret, hashSecret } from './api-key';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('an API key', () => {
  it('is created in the form that is accepted', () => {
    const pair = createKeyPair();
    expect(() => checkKeyPair(pair)).not.toThrow();
    expect(createKeyPair()).not.toEqual(pair);
  });

  it.each([
    [{ publicKey: 'pk-1234567890', secretKey: 'sk-lf-1234567890' }, 'public key'],
    [{ publicKey: 'pk-lf-1234567890', secretKey: 'secret-1234567890' }, 'secret key'],
    [{ publicKey: 'pk-lf-1234567890', secretKey: 'sk-lf-short' }, 'secret key'],
  ])('of another form is refused, by the name of the half', (pair, half) => {
    expect(() => checkKeyPair(pair)).toThrow(half);
  });

  it('is stored as the hash that an installation can be moved in with', () => {
    expect(hashSecret('sk-lf-1', 'pepper')).toBe(sha256(`sk-lf-1${sha256('pepper')}`));
    expect(hashSecret('sk-lf-1', 'pepper')).not.toBe(hashSecret('sk-lf-1', 'salt'));
  });

  it('shows only the first six and the last four characters', () => {
    expect(displaySecret('sk-lf-abcdefgh')).toBe('sk-lf-...efgh');
  });
});
