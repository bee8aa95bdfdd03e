import { createHash, randomUUID } from 'node:crypto';
import { holderOf, type Operation } from '@tracewell/contract';
import { operations } from '@tracewell/contract/operations';
import { exampleOf, inputSchema } from './example-of';
import { record } from './recordings';
import type { TestApi, TestProject } from './start-test-api';

/**
 * Fills a project through the API with at least one of every noun, a recognisable mark in every text, so that a
 * reader of another project can be caught with it. Recipes say what the schema alone does not; an operation
 * without one is sent an example of its schema.
 */
export interface Seed {
  project: TestProject;
  mark: string;
  /** Ids and names by the placeholder of the path that takes them, and more that recipes need. */
  known: Map<string, string>;
  /** Operations that create something and did not, with what they answered. */
  failed: string[];
}

const route = ({ method, path }: Operation): string => `${method} ${path}`;
type Known = (name: string) => string;
type Answer = Record<string, unknown>;
interface Recipe {
  body(known: Known, mark: string): unknown;
  /** What later recipes and paths find under which name; `id` of the answer by default. */
  keep?(answer: Answer): Record<string, unknown>;
}

const byId =
  (...names: string[]) =>
  ({ id }: Answer) =>
    Object.fromEntries(names.map((name) => [name, id]));

/** In the order in which they need each other. */
const recipes: Record<string, Recipe> = {
  'POST /api/public/v2/prompts': {
    body: (_, mark) => ({
      name: `${mark}-prompt`,
      type: 'chat',
      prompt: [{ role: 'user', content: `${mark} {{what}}` }],
      labels: ['production', `${mark}-label`],
      tags: [`${mark}-tag`],
      config: { note: mark },
      commitMessage: `${mark} commit`,
    }),
    keep: ({ id, name, version }) => ({ promptName: name, name, version, promptId: id }),
  },
  'POST /api/public/prompts': {
    body: (_, mark) => ({ name: `${mark}-prompt-v1`, prompt: `${mark} text`, isActive: true }),
    keep: () => ({}),
  },
  'POST /api/public/score-configs': {
    body: (_, mark) => ({
      name: `${mark}-config`,
      dataType: 'NUMERIC',
      minValue: 0,
      maxValue: 9,
      description: mark,
    }),
    keep: byId('configId'),
  },
  'POST /api/v1/projects/{projectId}/saved-views': {
    body: (_, mark) => ({ table: 'traces', name: `${mark} view`, search: `q=${mark}`, visibility: 'shared' }),
    keep: byId('viewId'),
  },
  'POST /api/public/models': {
    body: (_, mark) => ({
      modelName: `0-${mark}-model`,
      matchPattern: `(?i)^${mark}$`,
      unit: 'TOKENS',
      inputPrice: 0.5,
    }),
    keep: byId('modelId'),
  },
  'PUT /api/public/models/{id}': {
    body: (_, mark) => ({ modelName: `0-${mark}-own`, matchPattern: `^${mark}$`, totalPrice: 1 }),
    keep: () => ({}),
  },
  'POST /api/public/v2/datasets': {
    body: (_, mark) => ({ name: `${mark}-dataset`, description: mark, metadata: { mark } }),
    keep: ({ id, name }) => ({ datasetId: id, datasetName: name }),
  },
  'POST /api/public/datasets': {
    body: (_, mark) => ({ name: `${mark}-dataset-v1`, description: mark }),
    keep: () => ({}),
  },
  'POST /api/public/dataset-items': {
    body: (known, mark) => ({
      datasetName: known('datasetName'),
      input: { mark },
      expectedOutput: mark,
      metadata: { mark },
      sourceTraceId: known('traceId'),
    }),
    keep: byId('datasetItemId'),
  },
  'POST /api/public/dataset-run-items': {
    body: (known, mark) => ({
      runName: `${mark}-run`,
      runDescription: mark,
      metadata: { mark },
      datasetItemId: known('datasetItemId'),
      traceId: known('traceId'),
      observationId: known('observationId'),
    }),
    keep: (answer) => ({ runName: answer.datasetRunName, datasetRunId: answer.datasetRunId }),
  },
  'POST /api/public/comments': {
    body: (known, mark) => ({
      projectId: known('projectId'),
      objectType: 'TRACE',
      objectId: known('traceId'),
      content: `${mark} comment`,
    }),
    keep: byId('commentId'),
  },
  'PUT /api/v1/projects/{projectId}/traces/{traceId}/public': {
    // What the other project publishes is everybody's to read; that one keeps its trace to itself.
    body: (_, mark) => ({ public: mark === 'my' }),
    keep: () => ({}),
  },
  'POST /api/public/annotation-queues': {
    body: (known, mark) => ({
      name: `${mark}-queue`,
      description: mark,
      scoreConfigIds: [known('configId')],
    }),
    keep: byId('queueId'),
  },
  'POST /api/v1/projects/{projectId}/bulk-actions': {
    body: (known, mark) => ({
      target: { traceIds: [`${mark}-trace`] },
      change: { kind: 'add-to-annotation-queue', queueId: known('queueId') },
    }),
    keep: byId('bulkActionId'),
  },
  'POST /api/public/annotation-queues/{queueId}/items': {
    body: (known) => ({ objectId: known('traceId'), objectType: 'TRACE' }),
    keep: byId('itemId'),
  },
  'POST /api/public/annotation-queues/{queueId}/assignments': {
    body: (known) => ({ userId: known('userId') }),
    keep: () => ({}),
  },
  'POST /api/public/media': {
    body: (known, mark) => ({
      traceId: known('traceId'),
      contentType: 'text/plain',
      contentLength: mark.length,
      sha256Hash: createHash('sha256').update(mark).digest('base64'),
      field: 'input',
    }),
    keep: ({ mediaId }) => ({ mediaId }),
  },
  'PATCH /api/public/media/{mediaId}': {
    body: () => ({ uploadedAt: new Date().toISOString(), uploadHttpStatus: 200 }),
    keep: () => ({}),
  },
  'PUT /api/public/llm-connections': {
    body: (_, mark) => ({
      provider: `${mark}-provider`,
      adapter: 'openai',
      secretKey: `sk-${mark}-secret`,
      baseURL: 'http://localhost:9/v1',
      extraHeaders: { 'x-team': mark },
      customModels: [`${mark}-model`],
    }),
    keep: byId('llmConnectionId'),
  },
  'POST /api/public/v2/evaluators': {
    body: (_, mark) => ({
      type: 'llm_as_judge',
      name: `${mark}-evaluator`,
      description: mark,
      prompt: `${mark} {{output}}`,
      outputDefinition: { dataType: 'BOOLEAN' },
    }),
    keep: byId('evaluatorId'),
  },
  'POST /api/public/unstable/evaluators': {
    body: (_, mark) => ({
      name: `${mark}-named`,
      type: 'code',
      sourceCode: `return "${mark}"`,
      sourceCodeLanguage: 'PYTHON',
    }),
    keep: () => ({}),
  },
  'POST /api/public/v2/evaluation-rules': {
    body: (known, mark) => ({
      name: `${mark}-rule`,
      enabled: true,
      filter: [{ type: 'stringOptions', column: 'name', operator: 'any of', value: [mark] }],
      evaluatorAssignments: [{ evaluatorId: known('evaluatorId') }],
    }),
    keep: byId('evaluationRuleId'),
  },
  'POST /api/public/unstable/evaluation-rules': {
    body: (_, mark) => ({
      name: `${mark}-rule-by-name`,
      evaluator: { name: `${mark}-named`, type: 'code' },
      target: 'observation',
      enabled: false,
    }),
    keep: () => ({}),
  },
  'POST /api/public/unstable/dashboard-widgets': {
    body: (_, mark) => ({
      name: `${mark}-widget`,
      description: mark,
      view: 'observations',
      dimensions: [{ field: 'name' }],
      metrics: [{ measure: 'count', agg: 'count' }],
      filters: [],
      chartType: 'VERTICAL_BAR',
    }),
    keep: byId('widgetId'),
  },
  'POST /api/public/unstable/dashboards': {
    body: (_, mark) => ({ name: `${mark}-dashboard`, description: mark }),
    keep: byId('dashboardId'),
  },
  'POST /api/public/unstable/dashboards/{dashboardId}/placements': {
    body: (known) => ({ type: 'widget', widgetId: known('widgetId'), x: 0, y: 0, width: 4, height: 4 }),
    keep: byId('placementId'),
  },
  'POST /api/public/unstable/skills': {
    body: (_, mark) => ({
      files: [
        { path: 'SKILL.md', content: `---\nname: ${mark}-skill\ndescription: ${mark} helps\n---\n${mark}` },
        { path: 'run.py', content: `# ${mark}` },
      ],
      commitMessage: mark,
    }),
    keep: ({ name, version, files }) => ({
      skillName: name,
      skillVersion: version,
      skillFileHash: (files as { sha256Hash: string }[])[0]?.sha256Hash,
    }),
  },
  'PATCH /api/public/unstable/skills/{skillName}/versions/{skillVersion}': {
    body: () => ({ labels: ['production'] }),
    keep: () => ({}),
  },
  'PUT /api/public/integrations/blob-storage': {
    body: (known, mark) => ({
      projectId: known('projectId'),
      type: 'S3',
      bucketName: `${mark}-bucket`,
      region: 'eu-west-1',
      accessKeyId: `${mark}-access`,
      secretAccessKey: `${mark}-secret`,
      prefix: `${mark}/`,
      exportFrequency: 'daily',
      enabled: true,
      forcePathStyle: false,
      fileType: 'JSON',
      exportMode: 'FULL_HISTORY',
    }),
    keep: () => ({}),
  },
  'POST /api/public/projects/{projectId}/apiKeys': {
    body: (_, mark) => ({ note: `${mark} note` }),
    keep: byId('apiKeyId'),
  },
  'POST /api/public/feedback': {
    body: (_, mark) => ({ targetType: 'docs', target: `${mark}-page`, feedback: mark }),
    keep: () => ({}),
  },
};

/** What takes telemetry is recorded by `record`; the MCP server calls the other operations. */
function isCreation(operation: Operation): boolean {
  if (route(operation) in recipes) return true;
  const { method, path, scope, rawBody } = operation;
  // What an organization's key creates, and ends, is more than a noun of the project.
  if (holderOf(scope) !== 'project' || !path.startsWith('/api/public/') || rawBody) return false;
  return method === 'POST' || method === 'PUT';
}

/** @param organizationKey the `Authorization` of the project's organization */
export async function seedProject(
  api: TestApi,
  project: TestProject,
  mark: string,
  organizationKey: string,
): Promise<Seed> {
  const recorded = await record(api, project, mark);
  const known = new Map([
    ['projectId', project.projectId],
    ['organizationId', project.organizationId],
    ['userId', project.ownerId],
    ['traceId', recorded.otel.traceId],
    ['observationId', recorded.otel.generationId],
    ['sessionId', `${mark}-session`],
    ['scoreId', recorded.scores[0]!.id],
    ['apiKeyId', randomUUID()],
  ]);
  const seed: Seed = { project, mark, known, failed: [] };
  const order = Object.keys(recipes);
  const creations = operations
    .filter(isCreation)
    .sort((a, b) => (order.indexOf(route(a)) + 1 || 1_000) - (order.indexOf(route(b)) + 1 || 1_000));
  for (const operation of creations) {
    const isOfProject = holderOf(operation.scope) === 'project';
    await create(api, seed, operation, isOfProject ? project.basic : organizationKey);
  }
  await api.settle();
  return seed;
}

async function create(
  api: TestApi,
  { mark, known, failed }: Seed,
  operation: Operation,
  authorization: string,
): Promise<void> {
  const recipe = recipes[route(operation)];
  const body = recipe
    ? recipe.body((name) => known.get(name) ?? `no-${name}`, mark)
    : operation.body && exampleOf(inputSchema(operation.body), mark);
  const path = fillPath(operation.path, known);
  const response = await api.request(path, {
    method: operation.method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    failed.push(
      `${route(operation)} answered ${response.status} ${text.slice(0, 300)} to ${JSON.stringify(body)}`,
    );
    return;
  }
  const answer = (text ? JSON.parse(text) : {}) as Answer;
  const misfit = operation.responses[response.status]?.safeParse(answer).error?.issues;
  if (misfit !== undefined || !operation.responses[response.status]) {
    failed.push(
      `${route(operation)} answered ${response.status} ${text.slice(0, 300)}: ${JSON.stringify(misfit)}`,
    );
  }
  const kept = recipe?.keep?.(answer) ?? nameByPaths(operation.path, answer);
  for (const [name, value] of Object.entries(kept)) {
    if (typeof value === 'string' || typeof value === 'number') known.set(name, String(value));
  }
  // `{id}` means another noun on every path: it is known by the path before it.
  if (typeof answer.id === 'string') known.set(`${operation.path}/{id}`, answer.id);
}

/** Without a recipe: the placeholder that other operations have right after this path takes the id. */
function nameByPaths(created: string, { id, name }: Answer): Record<string, unknown> {
  const names = operations
    .map(({ path }) => new RegExp(`^${created.replaceAll(/[{}]/g, '\\$&')}/\\{(\\w+)\\}`).exec(path)?.[1])
    .filter((placeholder) => placeholder !== undefined && placeholder !== 'id');
  return Object.fromEntries(
    names.map((placeholder) => [placeholder, placeholder!.endsWith('Name') ? name : id]),
  );
}

/** The path with what is known in its placeholders; `unknown` where nothing is. */
export function fillPath(path: string, known: ReadonlyMap<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (placeholder, name: string, at: number) => {
    const own = known.get(path.slice(0, at) + placeholder);
    return encodeURIComponent(own ?? known.get(name) ?? 'unknown');
  });
}
