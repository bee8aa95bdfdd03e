import type { ApiDeps } from './deps';

/**
 * A signed URL as a client can use it. Where it is a path of our own server, it is reached by the address the
 * client used for us, or by the one an administrator says is ours.
 */
export const absoluteUrl = (signed: string, request: Request, { config }: Pick<ApiDeps, 'config'>): string =>
  new URL(signed, config.publicUrl ?? request.url).href;
