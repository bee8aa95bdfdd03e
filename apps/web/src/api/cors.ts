import type { MiddlewareHandler } from 'hono';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';
/** Seconds a browser may remember the answer to its preflight. */
const maxAge = '600';

/**
 * Lets browsers of any site call the public API: its clients prove themselves with a header, never with a
 * cookie, so credentials stay off and nothing is open that was not open to anybody with the key.
 */
export const allowAnyOrigin: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  if (context.req.method === 'OPTIONS') {
    const requested = context.req.header('access-control-request-headers');
    const headers = new Headers({ allow: methods, vary: 'Origin, Access-Control-Request-Headers' });
    if (origin) {
      headers.set('access-control-allow-origin', origin);
      headers.set('access-control-allow-methods', methods);
      headers.set('access-control-max-age', maxAge);
      if (requested) headers.set('access-control-allow-headers', requested);
    }
    return new Response(null, { status: 204, headers });
  }
  await next();
  if (!origin) return;
  context.res.headers.set('access-control-allow-origin', origin);
  context.res.headers.set('access-control-expose-headers', 'Retry-After');
  context.res.headers.append('vary', 'Origin');
};
