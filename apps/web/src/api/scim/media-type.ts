import type { MiddlewareHandler } from 'hono';

const scim = 'application/scim+json';

/**
 * Identity providers ask for SCIM's own media type and get it (RFC 7644, 3.1). Everybody else gets plain JSON:
 * clients of the wire take a failure apart only when it is called that.
 */
export const answerInScim: MiddlewareHandler = async (context, next) => {
  await next();
  context.res.headers.append('vary', 'Accept');
  if (!context.req.header('accept')?.includes(scim)) return;
  context.res.headers.set('content-type', `${scim}; charset=utf-8`);
};
