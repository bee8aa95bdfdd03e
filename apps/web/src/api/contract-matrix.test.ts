import {
  holderOf,
  type Operation,
  scopesOfInstanceAdminInProject,
  scopesOfProjectKey,
  scopesOfPublicKey,
} from '@tracewell/contract';
import { operations } from '@tracewell/contract/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CredentialKind,
  type Credentials,
  createCredentials,
  credentialKinds,
} from './testing/credentials';
import { exampleOf, inputSchema } from './testing/example-of';
import { fillPath, type Seed, seedProject } from './testing/seed-project';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/**
 * The contract, operation by operation, generated: an operation that is added is asked by every kind of caller
 * from that day on, and what it stores in one project is looked for in the answers to another.
 */
const adminApiKey = 'the admin key of this installation';
const mark = 'canary';
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let mySeed: Seed;
let theirSeed: Seed;
let myCredentials: Credentials;
let theirCredentials: Credentials;
let myCookie: string;

beforeAll(async () => {
  api = await startTestApi({}, { adminApiKey });
  mine = await api.createProject('mine');
  theirs = await api.createProject(mark);
  myCredentials = await createCredentials(api, mine, adminApiKey);
  theirCredentials = await createCredentials(api, theirs, adminApiKey);
  myCookie = await api.signIn(mine.ownerId);
  const organizationKey = (credentials: Credentials) => credentials['organization key'].authorization ?? '';
  mySeed = await seedProject(api, mine, 'my', organizationKey(myCredentials));
  theirSeed = await seedProject(api, theirs, mark, organizationKey(theirCredentials));
}, 120_000);
afterAll(() => api?.stop());

const titled = (list: readonly Operation[]) =>
  list.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

const metricsQuery = {
  query: JSON.stringify({
    view: 'observations',
    dimensions: [{ field: 'name' }],
    metrics: [{ measure: 'count', aggregation: 'count' }],
    fromTimestamp: '2020-01-01T00:00:00Z',
    toTimestamp: '2040-01-01T00:00:00Z',
  }),
};
/** Parameters of the query that an operation asks for, beyond what an example of its schema says. */
const queries: Record<string, (known: ReadonlyMap<string, string>) => Record<string, string>> = {
  exploreTraceFacets: () => ({ field: 'name' }),
  exploreObservationFacets: () => ({ field: 'name' }),
  listDiscussion: (known) => ({ objectType: 'TRACE', objectId: known.get('traceId') ?? '' }),
  exploreScoreFacets: () => ({ field: 'name' }),
  exploreSessionFacets: () => ({ field: 'userId' }),
  matchModelName: () => ({ modelName: 'gpt-4o-mini' }),
  getSkillFileContents: (known) => ({ sha256Hashes: known.get('skillFileHash') ?? '' }),
  getPromptV1: (known) => ({ name: known.get('promptName') ?? '' }),
  listDatasetRunItems: (known) => ({
    datasetId: known.get('datasetId') ?? '',
    runName: known.get('runName') ?? '',
  }),
  queryMetricsV1: () => metricsQuery,
  queryMetricsV2: () => metricsQuery,
  exploreTracePayloads: (known) => ({ observationIds: JSON.stringify([known.get('observationId')]) }),
  listExperiments: () => ({ fromStartTime: '2020-01-01T00:00:00Z' }),
  listExperimentItems: () => ({ fromStartTime: '2020-01-01T00:00:00Z' }),
};
function queryOf(operation: Operation, known: ReadonlyMap<string, string>): string {
  const asked = queries[operation.id];
  if (asked) return `?${new URLSearchParams(asked(known))}`;
  if (!operation.query) return '';
  const schema = inputSchema(operation.query);
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>);
  const query = new URLSearchParams(
    properties
      .filter(([name]) => required.has(name))
      .map(([name, property]) => [name, String(exampleOf(property, 'my', schema))]),
  );
  return query.size > 0 ? `?${query}` : '';
}

async function ask(operation: Operation, headers: Record<string, string>, seed: Seed, body?: unknown) {
  const hasBody =
    operation.method !== 'GET' && (operation.body !== undefined || operation.rawBody !== undefined);
  const response = await api.request(fillPath(operation.path, seed.known) + queryOf(operation, seed.known), {
    method: operation.method,
    headers: { ...headers, ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body: JSON.stringify(body ?? {}) }),
  });
  return { status: response.status, text: await response.text() };
}

const isOfScreens = ({ path }: Operation) => path.startsWith('/api/v1/');

/** What the door answers to a caller, before anything else is looked at; null: it lets them in. */
function refusalOf(kind: CredentialKind, operation: Operation): number | null {
  const { scope } = operation;
  const holder = holderOf(scope);
  if (holder === 'anyone') return null;
  const isKnown = [
    'public key alone',
    'project key',
    'organization key',
    'admin key in the project',
  ].includes(kind);
  switch (holder) {
    case 'person':
      return 401;
    case 'instance-admin':
      return kind.startsWith('admin key') ? null : 401;
    case 'organization':
      if (kind === 'organization key') return null;
      return isKnown && kind !== 'admin key in the project' ? 403 : 401;
    case 'project': {
      if (kind === 'project key') return scopesOfProjectKey.has(scope) ? null : 403;
      if (kind === 'public key alone') return scopesOfPublicKey.has(scope) ? null : 403;
      if (kind === 'admin key in the project') return scopesOfInstanceAdminInProject.has(scope) ? null : 403;
      return isKnown ? 403 : 401;
    }
  }
}

/** No id that exists, but the project where a path of the screens names it. */
const nothingOf = (operation: Operation): Seed => ({
  ...mySeed,
  known: new Map(isOfScreens(operation) ? [['projectId', mine.projectId]] : []),
});

describe('each kind of credential', () => {
  it.each(titled(operations))('at %s', async (_, operation) => {
    for (const kind of credentialKinds) {
      const refusal = refusalOf(kind, operation);
      // Who is let in changes something: nothing that the other tests read, and nothing of `mine`.
      const isSafe = operation.method === 'GET' || refusal !== null;
      const seed = isSafe ? mySeed : nothingOf(operation);
      const { status, text } = await ask(operation, myCredentials[kind], seed);
      const told = `${kind}: ${status} ${text.slice(0, 500)}`;
      if (refusal === null) expect([401, 403], told).not.toContain(status);
      else expect(status, told).toBe(refusal);
      // The installation's administrator sees every organization.
      if (holderOf(operation.scope) !== 'instance-admin') expect(text, told).not.toContain(mark);
      if (refusal === null) continue;
      // Four contracts word a refusal under these names.
      const { message, error, detail } = JSON.parse(text) as Record<string, string | undefined>;
      expect((message ?? detail ?? error ?? '').length, told).toBeGreaterThan(10);
    }
  });
});

describe('to its own project', () => {
  it('creates at least one of every noun', () => {
    expect(
      [...mySeed.failed, ...theirSeed.failed],
      'an operation needs a recipe in testing/seed-project.ts',
    ).toEqual([]);
  });

  const reads = operations.filter(({ method }) => method === 'GET');

  it.each(titled(reads))('%s answers as its schema says', async (_, operation) => {
    const { status, text } = await ask(operation, headersFor(operation), mySeed);
    const schema = operation.responses[status];
    expect(schema, `${status} ${text.slice(0, 500)}`).toBeDefined();
    const parsed = schema?.safeParse(operation.file ? text : JSON.parse(text));
    expect(parsed?.error?.issues ?? [], text.slice(0, 2_000)).toEqual([]);
  });
});

/** Of `mine`, whatever the operation asks for. */
function headersFor(operation: Operation): Record<string, string> {
  const holder = holderOf(operation.scope);
  if (holder === 'organization') return myCredentials['organization key'];
  if (holder === 'instance-admin') return myCredentials['admin key'];
  return isOfScreens(operation) ? { cookie: myCookie } : myCredentials['project key'];
}

describe('of another tenant', () => {
  /** What was asked for by its id may be named in a 404; nothing that was recorded may. */
  const withoutAsked = (text: string, operation: Operation): string =>
    (fillPath(operation.path, theirSeed.known) + queryOf(operation, theirSeed.known))
      .split(/[/?&=]/)
      .map(decodeURIComponent)
      .filter((part) => part.includes(mark))
      .reduce((rest, part) => rest.replaceAll(part, ''), text);

  const ofTenants = operations.filter(({ scope }) => holderOf(scope) !== 'instance-admin');
  const readable = ofTenants.filter(({ method, scope }) => method === 'GET' && holderOf(scope) === 'project');

  /** Answers that hold ids and figures, and never a text of the project. */
  const holdsNoText = new Set<string>([
    'listAnnotationQueueItems',
    'getAnnotationQueueItem',
    // Names of models and figures.
    'listDailyMetrics',
  ]);

  it('the mark can be found at all, with their own key', async () => {
    const silent: string[] = [];
    for (const operation of readable.filter((each) => !isOfScreens(each))) {
      const { text } = await ask(operation, theirCredentials['project key'], theirSeed);
      if (!text.includes(mark)) silent.push(operation.id);
    }
    expect(
      silent.filter((id) => !holdsNoText.has(id)),
      'these answers hold nothing of a project: say so here',
    ).toEqual([]);
  });

  it.each(titled(ofTenants.filter(({ method }) => method === 'GET')))(
    'no byte comes from %s',
    async (_, operation) => {
      const asked = [
        myCredentials['project key'],
        myCredentials['organization key'],
        { cookie: myCookie },
        {},
      ];
      for (const headers of asked) {
        const { status, text } = await ask(operation, headers, theirSeed);
        expect(status, text.slice(0, 500)).toBeLessThan(500);
        expect(withoutAsked(text, operation)).not.toContain(mark);
      }
    },
  );

  it('nothing can be changed or deleted', async () => {
    const before = await readAll();
    for (const operation of ofTenants.filter(({ method }) => method !== 'GET')) {
      // With a body that the operation takes, where one can be made up.
      const body =
        operation.body && !operation.rawBody ? exampleOf(inputSchema(operation.body), 'stolen') : {};
      for (const headers of [
        myCredentials['project key'],
        myCredentials['organization key'],
        { cookie: myCookie },
      ]) {
        if (operation.path === '/api/public/projects') continue;
        const { status, text } = await ask(operation, headers, theirSeed, body);
        expect(status, `${operation.id}: ${text.slice(0, 500)}`).toBeLessThan(500);
        expect(withoutAsked(text, operation), operation.id).not.toContain(mark);
      }
    }
    expect(await readAll()).toEqual(before);
  });

  /** Every answer to their own key, without what time changes. */
  async function readAll(): Promise<Record<string, string>> {
    const answers: Record<string, string> = {};
    for (const operation of readable) {
      if (isOfScreens(operation)) continue;
      const { text } = await ask(operation, theirCredentials['project key'], theirSeed);
      answers[operation.id] = text.replaceAll(/"(?:lastUsedAt|url|urlExpiry)":"[^"]*"/g, '');
    }
    return answers;
  }
});

describe('at the end, of its own', () => {
  /** What is within something goes before it; projects and people are administration. */
  const deletions = operations
    .filter(
      ({ method, scope, path }) =>
        method === 'DELETE' && holderOf(scope) === 'project' && !path.startsWith('/api/v1/'),
    )
    .sort((a, b) => b.path.split('/').length - a.path.split('/').length);
  const bodies: Record<string, () => unknown> = {
    deleteTraces: () => ({ traceIds: [mySeed.known.get('traceId')] }),
    deleteAnnotationQueueAssignment: () => ({ userId: mine.ownerId }),
  };

  it.each(titled(deletions))('%s deletes, and what is gone is a client’s mistake', async (_, operation) => {
    const body =
      bodies[operation.id]?.() ?? (operation.body ? exampleOf(inputSchema(operation.body), 'my') : undefined);
    const { status, text } = await ask(operation, headersFor(operation), mySeed, body);
    // Two generations of a route may delete the same thing: then it is gone.
    if (status === 404 && operation.deprecated) return;
    const schema = operation.responses[status];
    expect(schema, `${status} ${text.slice(0, 500)}`).toBeDefined();
    if (text) expect(schema?.safeParse(JSON.parse(text)).error?.issues ?? []).toEqual([]);
    const again = await ask(operation, headersFor(operation), mySeed, body);
    expect(again.status, again.text.slice(0, 500)).toBeLessThan(500);
  });
});

it('answered nothing with an internal error', () => expect(api.internalErrors).toEqual([]));
