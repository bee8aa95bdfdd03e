import { clientAddressHeader, SignInGuard } from '@tracewell/modules/accounts/index';
import type { Context, Hono } from 'hono';
import type { ApiDeps } from './deps';
import { describeFailure } from './failure';
import { readBytes } from './read-body';
import { respondFailure } from './respond';

/** Longest body of a sign-in form. */
const maxFormBytes = 64 * 1024;

/**
 * Sessions and passwords are better-auth's; here it gets its requests, bounded and with the address they come
 * from, and its failures get a status.
 */
export function mountSignIn(app: Hono, deps: ApiDeps): void {
  const guard = new SignInGuard();
  const handle = async (context: Context, path: string): Promise<Response> => {
    try {
      const { method } = context.req.raw;
      const url = new URL(context.req.url);
      url.pathname = path;
      const body = method === 'POST' ? await readBytes(context.req.raw, maxFormBytes) : new Uint8Array();
      const email = path === '/api/auth/sign-in/email' ? readEmail(body) : undefined;
      if (email !== undefined) guard.check(email);
      const response = await deps.auth.handler(
        new Request(url, {
          method,
          headers: withAddress(context),
          ...(body.length > 0 && { body: Buffer.from(body) }),
        }),
      );
      if (email !== undefined && response.status === 401) guard.recordFailure(email);
      if (email !== undefined && response.ok) guard.recordSuccess(email);
      return tellWhenToRetry(response);
    } catch (error) {
      const failure = describeFailure(error);
      if (failure.code === 'internal') deps.onInternalError(failure.cause, 'signIn');
      return respondFailure(failure, 'screens');
    }
  };
  app.on(['GET', 'POST'], '/api/auth/*', (context) => handle(context, context.req.path));
  app.get('/sign-in-link', (context) => handle(context, '/api/auth/sign-in-link'));
}

/** Undefined when the form holds none: better-auth then says what is wrong with it. */
function readEmail(body: Uint8Array): string | undefined {
  try {
    const { email } = JSON.parse(Buffer.from(body).toString('utf8')) as { email?: unknown };
    return typeof email === 'string' ? email : undefined;
  } catch {
    return undefined;
  }
}

/** The socket's own address: a header could be anybody's claim. Behind a proxy all share the proxy's. */
function withAddress(context: Context): Headers {
  const headers = new Headers(context.req.raw.headers);
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  headers.set(clientAddressHeader, incoming?.socket?.remoteAddress ?? '127.0.0.1');
  return headers;
}

/** better-auth says it under a name of its own. */
function tellWhenToRetry(response: Response): Response {
  const seconds = response.headers.get('x-retry-after');
  if (response.status !== 429 || !seconds) return response;
  const headers = new Headers(response.headers);
  headers.set('retry-after', seconds);
  return new Response(response.body, { status: response.status, headers });
}
