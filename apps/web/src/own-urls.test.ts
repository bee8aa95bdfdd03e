import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { urlsOf } from './own-urls';

describe('the urls of a server', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['192.0.2.7', 'http://192.0.2.7:3000'],
    ['2001:db8::7', 'http://[2001:db8::7]:3000'],
    ['[::1]', 'http://[::1]:3000'],
  ])('on %s is that address', (host, url) => expect(urlsOf(host, 3000)).toEqual([url]));

  it('on every address are those of the machine, each of which is a url', () => {
    const urls = urlsOf('0.0.0.0', 3000);
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const ofFourth = addresses.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
    expect(urls).toEqual(
      expect.arrayContaining(['localhost', ...ofFourth].map((host) => `http://${host}:3000`)),
    );
    for (const url of urls) expect(new URL(url).port).toBe('3000');
  });
});
