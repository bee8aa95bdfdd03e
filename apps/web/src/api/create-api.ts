import { operations } from '@tracewell/contract/operations';
import { Hono } from 'hono';
import { mountAdmin } from './admin/organizations';
import { allowAnyOrigin } from './cors';
import type { ApiDeps } from './deps';
import { mcpDescriptionPath, mountMcp } from './mcp/mount-mcp';
import { mountMediaObjects } from './media-objects';
import { pathOfRequest } from './names-with-slashes';
import { mountAnnotationQueues } from './public/annotation-queues';
import { mountBlobStorageIntegrations } from './public/blob-storage-integrations';
import { mountComments } from './public/comments';
import { mountDashboards } from './public/dashboards';
import { mountDatasets } from './public/datasets';
import { mountEvaluationRules } from './public/evaluation-rules';
import { mountEvaluators } from './public/evaluators';
import { mountFeedback } from './public/feedback';
import { mountHealth } from './public/health';
import { mountIngestion } from './public/ingestion';
import { mountLlmConnections } from './public/llm-connections';
import { mountMedia } from './public/media';
import { mountMetrics } from './public/metrics';
import { mountModels } from './public/models';
import { mountObservations } from './public/observations';
import { mountOrganizations } from './public/organizations';
import { mountOtel } from './public/otel';
import { mountProjects } from './public/projects';
import { mountPrompts } from './public/prompts';
import { mountScoreConfigs } from './public/score-configs';
import { mountScores } from './public/scores';
import { mountSessions } from './public/sessions';
import { mountSkills } from './public/skills';
import { mountTraces } from './public/traces';
import { mountReference } from './reference/mount-reference';
import { respondFailure } from './respond';
import { answerInScim } from './scim/media-type';
import { mountScim } from './scim/users';
import { mountAccount } from './screens/account';
import { mountAnnotations } from './screens/annotations';
import { mountBulkActions } from './screens/bulk-actions';
import { mountExplore } from './screens/explore';
import { mountExports } from './screens/exports';
import { mountModelMatch } from './screens/models';
import { mountProtectedPromptLabels } from './screens/protected-prompt-labels';
import { mountSavedViews } from './screens/saved-views';
import { contractOf, createMount, honoPath } from './serve';
import { mountSignIn } from './sign-in';

/** Every path the API answers; what is outside belongs to the pages. */
export const isApiPath = (path: string): boolean =>
  path.startsWith('/api/') || path === '/sign-in-link' || path === mcpDescriptionPath;

/**
 * The whole HTTP API. Throws when an operation of the contract has no route: what is promised is served, or the
 * process does not start.
 */
export function createApi(deps: ApiDeps): Hono {
  const app = new Hono({ getPath: pathOfRequest });
  app.use('/api/public/*', allowAnyOrigin);
  app.use('/api/public/scim/*', answerInScim);
  mountSignIn(app, deps);
  mountMediaObjects(app, deps);

  const api = createMount(app, deps);
  mountHealth(api, deps);
  mountProjects(api, deps);
  mountOrganizations(api, deps);
  mountAdmin(api, deps);
  mountScim(api, deps);
  mountOtel(api, deps);
  mountIngestion(api, deps);
  mountTraces(api, deps);
  mountObservations(api, deps);
  mountSessions(api, deps);
  mountScores(api, deps);
  mountDatasets(api, deps);
  mountPrompts(api, deps);
  mountScoreConfigs(api, deps);
  mountComments(api, deps);
  mountAnnotationQueues(api, deps);
  mountModels(api, deps);
  mountMetrics(api, deps);
  mountDashboards(api, deps);
  mountEvaluators(api, deps);
  mountEvaluationRules(api, deps);
  mountFeedback(api, deps);
  mountMedia(api, deps);
  mountLlmConnections(api, deps);
  mountBlobStorageIntegrations(api, deps);
  mountMcp(app, api, deps);
  mountReference(app, api, deps);
  mountSkills(api, deps);
  mountAccount(api, deps);
  mountExports(api, deps);
  mountExplore(api, deps);
  mountModelMatch(api, deps);
  mountProtectedPromptLabels(api, deps);
  mountBulkActions(api, deps);
  mountSavedViews(api, deps);
  mountAnnotations(api, deps);
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
