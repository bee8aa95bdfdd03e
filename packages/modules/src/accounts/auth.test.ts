import { startEngines, type TestEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Auth, createAuth, originsOf } from './auth';
import { ensureUser } from './ensure-user';

describe('trusted origins', () => {
  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    'of %s are all names of this machine, on that port only',
    (baseUrl) =>
      expect(originsOf(baseUrl)).toEqual([
        'http://localhost:3000',
        'http://127.0.0.1:3000',
        'http://[::1]:3000',
      ]),
  );

  it('of a public address are that address alone', () => {
    expect(originsOf('https://traces.example.com')).toEqual(['https://traces.example.com']);
    expect(originsOf('https://traces.example.com:8443/below')).toEqual(['https://traces.example.com:8443']);
    expect(originsOf('http://localhost.example.com')).toEqual(['http://localhost.example.com']);
  });

  it('leave out a port that is the default', () => {
    expect(originsOf('http://localhost')).toEqual(['http://localhost', 'http://127.0.0.1', 'http://[::1]']);
  });
});

describe('signing in from a page', () => {
  let engines: TestEngines;
  let auth: Auth;
  beforeAll(async () => {
    engines = await startEngines({ relational: true });
    auth = createAuth({
      relational: engines.relational,
      secret: 'a secret of this test, long enough to sign with',
      baseUrl: 'http://localhost:3000',
      allowSignUp: false,
    });
    await ensureUser(auth, { email: 'ada@example.com', name: 'Ada', password: 'difference engine' });
  });
  afterAll(() => engines.stop());

  const signIn = (origin: string) =>
    auth.handler(
      new Request('http://localhost:3000/api/auth/sign-in/email', {
        method: 'POST',
        // As a browser does: it says where the page is from, and sends what cookies it has.
        headers: { 'content-type': 'application/json', origin, cookie: 'other=1', 'sec-fetch-mode': 'cors' },
        body: JSON.stringify({ email: 'ada@example.com', password: 'difference engine' }),
      }),
    );

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000'])('on %s is let in', async (origin) => {
    const response = await signIn(origin);
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).toContain('tracewell.session_token=');
  });

  it.each(['https://evil.example', 'http://localhost:4000', 'http://localhost.evil.example:3000', 'null'])(
    'on %s is refused',
    async (origin) => {
      const response = await signIn(origin);
      expect(response.status).toBe(403);
      expect(response.headers.get('set-cookie')).toBeNull();
    },
  );
});
