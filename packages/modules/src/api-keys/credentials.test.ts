import { describe, expect, it } from 'vitest';
import { parseAuthorization } from './credentials';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('parseAuthorization', () => {
  it('reads both halves of Basic and passes over what follows a second colon', () => {
    expect(parseAuthorization(basic('pk-lf-1:sk-lf-2:rest'))).toEqual({
      kind: 'secret',
      publicKey: 'pk-lf-1',
      secretKey: 'sk-lf-2',
    });
  });

  it('reads the public key of Bearer', () => {
    expect(parseAuthorization('Bearer pk-lf-1')).toEqual({ kind: 'public', publicKey: 'pk-lf-1' });
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['a scheme in other letters', basic('a:b').replace('Basic', 'basic')],
    ['another scheme', 'Digest abc'],
    ['no user', basic(':sk-lf-2')],
    ['no password', basic('pk-lf-1:')],
    ['no colon', basic('pk-lf-1')],
    ['what is no base64', 'Basic ###'],
    ['Bearer with nothing', 'Bearer '],
    ['a header beyond the limit', `Basic ${'A'.repeat(2_001)}`],
  ])('refuses %s as unauthorized', (_, header) => {
    expect(() => parseAuthorization(header)).toThrow(expect.objectContaining({ code: 'unauthorized' }));
  });
});
