import type { Hono } from 'hono';
import type { ApiDeps } from './deps';
import { describeFailure } from './failure';
import { readBytes } from './read-body';
import { respondFailure } from './respond';

/** Longest body of a sign-in form. */
const maxFormBytes = 64 * 1024;

/** Sessions and passwords are better-auth's; here it gets its requests, bounded, and its failures a status. */
export function mountSignIn(app: Hono, deps: ApiDeps): void {
  const run = async (answer: () => Promise<Response>): Promise<Response> => {
    try {
      return await answer();
    } catch (error) {
      const failure = describeFailure(error);
      if (failure.code === 'internal') deps.onInternalError(failure.cause, 'signIn');
      return respondFailure(failure, 'screens');
    }
  };

  app.on(['GET', 'POST'], '/api/auth/*', (context) =>
    run(async () => {
      const request = context.req.raw;
      if (request.method !== 'POST') return deps.auth.handler(request);
      const body = await readBytes(request, maxFormBytes);
      const { url, headers } = request;
      return deps.auth.handler(
        new Request(url, { method: 'POST', headers, ...(body.length > 0 && { body: Buffer.from(body) }) }),
      );
    }),
  );

  app.get('/sign-in-link', (context) =>
    run(async () => {
      const url = new URL(context.req.url);
      url.pathname = '/api/auth/sign-in-link';
      return deps.auth.handler(new Request(url, { headers: context.req.raw.headers }));
    }),
  );
}
