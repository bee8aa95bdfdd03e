import { describe, expect, it } from 'vitest';
import { checkOutboundUrl, parseAllowedHosts } from './outbound-url';

const nothing = parseAllowedHosts(undefined);
const check =
  (url: string, allowed = nothing) =>
  () =>
    checkOutboundUrl(url, 'baseURL', allowed);

describe('URLs this installation may be made to call', () => {
  it.each(['https://api.openai.com/v1', 'http://203.0.113.7:8080', 'https://[2606:4700::1111]/'])(
    'takes %s',
    (url) => {
      expect(check(url)).not.toThrow();
    },
  );

  it.each([
    'not a URL',
    '',
    'ftp://example.com',
    'file:///etc/passwd',
    'https://user:secret@example.com',
    'http://localhost:11434',
    'http://LOCALHOST.',
    'http://x.localhost',
    'http://postgres:5432',
    'http://metadata.google.internal/computeMetadata',
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://0',
    'http://10.1.2.3',
    'http://192.168.0.1',
    'http://172.31.255.255',
    'http://100.100.100.200',
    'http://[::1]',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:a9fe:a9fe]',
    'http://[fd00::1]',
    'http://[fe80::1]',
    'http://[64:ff9b::7f00:1]',
    'http://１２７.0.0.1',
  ])('refuses %s and names the member', (url) => {
    expect(check(url)).toThrow(/baseURL: /);
  });

  it('takes what an administrator allowed', () => {
    const allowed = parseAllowedHosts(' localhost, 10.0.0.5 ,');
    expect(check('http://localhost:11434/v1', allowed)).not.toThrow();
    expect(check('http://10.0.0.5/', allowed)).not.toThrow();
    expect(check('http://10.0.0.6/', allowed)).toThrow(/TRACEWELL_OUTBOUND_HOSTS/);
  });
});
