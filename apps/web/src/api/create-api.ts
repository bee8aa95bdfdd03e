import { operations } from '@tracewell/contract/operations';
import { Hono } from 'hono';
import { allowAnyOrigin } from './cors';
import type { ApiDeps } from './deps';
import { mountHealth } from './public/health';
import { mountIngestion } from './public/ingestion';
import { mountObservations } from './public/observations';
import { mountOtel } from './public/otel';
import { mountProjects } from './public/projects';
import { mountScores } from './public/scores';
import { mountSessions } from './public/sessions';
import { mountTraces } from './public/traces';
import { respondFailure } from './respond';
import { mountAccount } from './screens/account';
import { mountExplore } from './screens/explore';
import { contractOf, createMount, honoPath } from './serve';
import { mountSignIn } from './sign-in';

/** Every path the API answers; what is outside belongs to the pages. */
export const isApiPath = (path: string): boolean => path.startsWith('/api/') || path === '/sign-in-link';

/**
 * The whole HTTP API. Throws when an operation of the contract has no route: what is promised is served, or the
 * process does not start.
 */
export function createApi(deps: ApiDeps): Hono {
  const app = new Hono();
  app.use('/api/public/*', allowAnyOrigin);
  mountSignIn(app, deps);

  const api = createMount(app, deps);
  mountHealth(api, deps);
  mountProjects(api, deps);
  mountOtel(api, deps);
  mountIngestion(api, deps);
  mountTraces(api, deps);
  mountObservations(api, deps);
  mountSessions(api, deps);
  mountScores(api, deps);
  mountAccount(api, deps);
  mountExplore(api, deps);
  const missing = operations.filter((operation) => !api.mounted.has(operation));
  if (missing.length > 0) throw new Error(`No route serves ${missing.map(({ id }) => id).join(', ')}.`);

  refuseOtherMethods(app);
  app.notFound(({ req }) =>
    respondFailure(
      {
        status: 404,
        code: 'not_found',
        message: `There is nothing at ${req.path.slice(0, 200)}. The paths of the API are listed in openapi.json.`,
      },
      contractOf(req.path),
    ),
  );
  return app;
}

/** A path that exists, asked with a method it has not. */
function refuseOtherMethods(app: Hono): void {
  const methods = new Map<string, string[]>();
  for (const { path, method } of operations) methods.set(path, [...(methods.get(path) ?? []), method]);
  for (const [path, allowed] of methods) {
    const allow = allowed.join(', ');
    app.all(honoPath(path), ({ req }) => {
      if (req.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } });
      const response = respondFailure(
        {
          status: 405,
          code: 'method_not_allowed',
          message: `Method not allowed: ${req.path.slice(0, 200)} answers ${allow}.`,
        },
        contractOf(path),
      );
      response.headers.set('allow', allow);
      return response;
    });
  }
}
