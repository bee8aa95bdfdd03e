import { getPath } from 'hono/utils/url';

/**
 * Names with slashes are one part of a path when they are encoded, and several when they are not, as generated
 * clients leave them: here they become one again, before the path is routed.
 */
const named = [
  { prefix: '/api/public/v2/prompts/', method: 'PATCH', suffix: /\/versions\/[^/]*$/ },
  { prefix: '/api/public/v2/prompts/' },
  { prefix: '/api/public/v2/datasets/' },
  // Of a run that is named behind it, and of the run.
  { prefix: '/api/public/datasets/', suffix: /\/runs(?:\/.*)?$/ },
  { prefix: '/api/public/datasets/' },
];

/** The path of a request as routes are matched with it. */
export function pathOfRequest(request: Request): string {
  const path = getPath(request);
  const route = named.find(
    ({ prefix, method = request.method, suffix = /$/ }) =>
      method === request.method && path.startsWith(prefix) && suffix.test(path.slice(prefix.length)),
  );
  if (!route) return path;
  const rest = path.slice(route.prefix.length);
  const end = rest.search(route.suffix ?? /$/);
  const [, word = '', last = ''] = /^(\/[^/]*\/?)(.*)$/.exec(rest.slice(end)) ?? [];
  return route.prefix + asOnePart(rest.slice(0, end)) + word + asOnePart(last);
}

const asOnePart = (name: string): string => name.replaceAll('/', '%2F');
