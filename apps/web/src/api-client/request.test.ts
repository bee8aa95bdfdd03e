import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClientError, isPassing } from './client-error';
import { encodeQuery, request } from './request';

afterEach(() => vi.unstubAllGlobals());
const answer = (body: BodyInit | null, status: number) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status }));

describe('a request', () => {
  it('gives the body', async () => {
    answer('{"a":1}', 200);
    await expect(request('/x')).resolves.toEqual({ a: 1 });
  });
  it('throws the code and message the API gave', async () => {
    answer('{"code":"not_found","message":"No trace has the id t1."}', 404);
    await expect(request('/x')).rejects.toMatchObject({
      status: 404,
      code: 'not_found',
      message: 'No trace has the id t1.',
    });
  });
  it('says so when something in between answered', async () => {
    answer('<html>bad gateway</html>', 502);
    await expect(request('/x')).rejects.toMatchObject({ status: 502, code: 'internal' });
  });
  it('says so when no answer came', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('fetch failed');
    });
    await expect(request('/x')).rejects.toMatchObject({ status: 0, code: 'unreachable' });
  });
});

it('leaves out of the query what is not set', () =>
  expect(encodeQuery({ a: 'x y', b: undefined, c: '', d: 0 })).toBe('?a=x+y&d=0'));
it('asks again only where that may help', () => {
  expect(isPassing(new ClientError(404, 'not_found', ''))).toBe(false);
  expect(isPassing(new ClientError(503, 'unavailable', ''))).toBe(true);
  expect(isPassing(new ClientError(0, 'unreachable', ''))).toBe(true);
});
