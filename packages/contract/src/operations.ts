import type { Operation } from './operation';
import * as admin from './public/admin';
import * as annotationQueues from './public/annotation-queues';
import * as apiKeys from './public/api-keys';
import * as blobStorageIntegrations from './public/blob-storage-integrations';
import * as comments from './public/comments';
import * as dashboardWidgets from './public/dashboard-widgets';
import * as dashboards from './public/dashboards';
import * as datasetItems from './public/dataset-items';
import * as datasetOverviews from './public/dataset-overviews';
import * as datasetRuns from './public/dataset-runs';
import * as datasets from './public/datasets';
import * as document from './public/document';
import * as evaluationRules from './public/evaluation-rules';
import * as namedEvaluationRules from './public/evaluation-rules-by-name';
import * as evaluators from './public/evaluators';
import * as namedEvaluators from './public/evaluators-by-name';
import * as experiments from './public/experiments';
import * as feedback from './public/feedback';
import * as health from './public/health';
import * as ingestion from './public/ingestion';
import * as llmConnections from './public/llm-connections';
import * as mcp from './public/mcp';
import * as media from './public/media';
import * as memberships from './public/memberships';
import * as metrics from './public/metrics';
import * as models from './public/models';
import * as observations from './public/observations';
import * as organizations from './public/organizations';
import * as projects from './public/projects';
import * as prompts from './public/prompts';
import * as scim from './public/scim';
import * as scoreConfigs from './public/score-configs';
import * as scores from './public/score-operations';
import * as sessions from './public/sessions';
import * as skills from './public/skills';
import * as traces from './public/traces';
import * as projectAnnotationQueues from './v1/annotation-queues';
import * as annotations from './v1/annotations';
import * as auditLog from './v1/audit-log';
import * as bulkActions from './v1/bulk-actions';
import * as differences from './v1/differences';
import * as discussion from './v1/discussion';
import * as exploreObservations from './v1/explore-observations';
import * as exploreScores from './v1/explore-scores';
import * as exploreSessions from './v1/explore-sessions';
import * as exports from './v1/exports';
import * as modelMatch from './v1/model-match';
import * as screens from './v1/operations';
import * as payloads from './v1/payloads';
import * as protectedPromptLabels from './v1/protected-prompt-labels';
import * as publishedTraces from './v1/published-traces';
import * as savedViews from './v1/saved-views';

/**
 * Every operation of the API, in the order of the reference: what is recorded, then what is configured, then who
 * may. What is not here has no route, no page and no test.
 */
export const operations: readonly Operation[] = [
  ingestion,
  traces,
  observations,
  sessions,
  scores,
  scoreConfigs,
  prompts,
  datasets,
  datasetItems,
  datasetOverviews,
  datasetRuns,
  experiments,
  media,
  metrics,
  dashboards,
  dashboardWidgets,
  models,
  comments,
  annotationQueues,
  evaluators,
  namedEvaluators,
  evaluationRules,
  namedEvaluationRules,
  skills,
  llmConnections,
  blobStorageIntegrations,
  // Fixed paths before those with an id in their place.
  differences,
  exploreObservations,
  exploreScores,
  exploreSessions,
  exports,
  payloads,
  screens,
  modelMatch,
  protectedPromptLabels,
  bulkActions,
  projectAnnotationQueues,
  savedViews,
  discussion,
  annotations,
  publishedTraces,
  auditLog,
  projects,
  organizations,
  memberships,
  apiKeys,
  scim,
  admin,
  mcp,
  feedback,
  document,
  health,
].flatMap((noun) => Object.values(noun).filter(isOperation));

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'scope' in value && 'path' in value;
}
