import { randomUUID } from 'node:crypto';
import type { Role } from '@tracewell/contract';
import {
  createPipeline,
  type IngestJob,
  ingestQueue,
  openBatchLog,
  openLedger,
  rawPrefix,
} from '@tracewell/ingest';
import { loadBuiltInPrices } from '@tracewell/ingest/enrich/built-in-prices';
import { enrichObservation } from '@tracewell/ingest/enrich/enrich';
import { deleteScores, deleteTraces } from '@tracewell/ingest/write/delete';
import { createAuth, createSignInLink, ensureUser } from '@tracewell/modules/accounts/index';
import { createKeyLookup } from '@tracewell/modules/api-keys/index';
import { createMediaSink, deleteMediaOfTraces } from '@tracewell/modules/media/index';
import { createDefinitionSnapshot } from '@tracewell/modules/models/index';
import { ensureMember } from '@tracewell/modules/organizations/index';
import { parseAllowedHosts } from '@tracewell/modules/outbound/index';
import { provisionProject } from '@tracewell/modules/projects/index';
import { createScoreConfigLookup } from '@tracewell/modules/score-configs/index';
import { createVault } from '@tracewell/modules/secrets/index';
import { startEngines } from '@tracewell/testkit/engines';
import { createApi } from '../create-api';
import { type ApiConfig, type ApiDeps, defaultApiLimits } from '../deps';

export interface TestProject {
  projectId: string;
  organizationId: string;
  publicKey: string;
  secretKey: string;
  /** `Authorization` with both halves, and with the public one alone. */
  basic: string;
  bearer: string;
  ownerId: string;
}

export const basicOf = (publicKey: string, secretKey: string): string =>
  `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;

const salt = 'salt of the tests';
const baseUrl = 'http://localhost:3000';

/**
 * The API as the server composes it, on real engines, with the worker's pipeline behind it; without the socket
 * and the pages.
 */
export async function startTestApi(overrides: Partial<ApiDeps> = {}, config: Partial<ApiConfig> = {}) {
  const engines = await startEngines();
  const { relational, columnar, blob, queues } = engines;
  const auth = createAuth({
    relational,
    secret: 'a secret of at least thirty-two characters',
    baseUrl,
    allowSignUp: false,
  });
  const builtIn = await loadBuiltInPrices();
  const ledger = openLedger(relational);
  const { prepare, definitionsOf } = createDefinitionSnapshot({ relational, refreshMs: 0 });
  const scoreConfigs = createScoreConfigLookup({ relational });
  const pipeline = createPipeline({
    blob,
    columnar,
    ledger,
    storeMedia: createMediaSink({ relational, blob }),
    enrich: (observation, projectId) => enrichObservation(observation, { definitionsOf, builtIn }, projectId),
    prepare,
    scoreConfigsOf: scoreConfigs.find,
  });
  const consumer = await queues.work<IngestJob>(
    ingestQueue,
    async (job) => void (await pipeline.ingestBatch(job.data.batchKey)),
    { concurrency: 4 },
  );
  const internalErrors: unknown[] = [];
  const keyLookup = createKeyLookup({ relational, salt });
  const now = () => Date.now() * 1000;
  const deps: ApiDeps = {
    relational,
    columnar,
    blob,
    batchLog: openBatchLog({ blob, queues }),
    auth,
    keyLookup,
    vault: createVault('5a'.repeat(32)),
    outboundHosts: parseAllowedHosts('localhost'),
    scoreConfigs,
    async deleteTraces(projectId, traceIds) {
      await deleteTraces(columnar, { projectId, traceIds, deletedAt: now() });
      await deleteMediaOfTraces({ relational, blob }, projectId, traceIds);
    },
    deleteScores: (projectId, scoreIds) => deleteScores(columnar, { projectId, scoreIds, deletedAt: now() }),
    config: { version: '0.0.0-test', salt, limits: defaultApiLimits, ...config },
    isServing: () => true,
    metrics: { request() {}, ingested() {} },
    onInternalError: (error) => internalErrors.push(error),
    now,
    ...overrides,
  };
  const app = createApi(deps);

  async function createProject(name: string): Promise<TestProject> {
    const publicKey = `pk-lf-${randomUUID()}`;
    const secretKey = `sk-lf-${randomUUID()}`;
    const { userId } = await provisionProject(
      { relational, auth, salt },
      {
        orgId: `org-${name}`,
        orgName: `Organization ${name}`,
        projectId: `project-${name}`,
        projectName: `Project ${name}`,
        publicKey,
        secretKey,
        userEmail: `owner@${name}.test`,
        userName: `Owner of ${name}`,
      },
    );
    return {
      projectId: `project-${name}`,
      organizationId: `org-${name}`,
      publicKey,
      secretKey,
      basic: basicOf(publicKey, secretKey),
      bearer: `Bearer ${publicKey}`,
      ownerId: userId,
    };
  }

  async function createMember(project: TestProject, role: Role): Promise<string> {
    const userId = await ensureUser(auth, { email: `${role}@${project.projectId}.test`, name: role });
    await relational.db.transaction((transaction) =>
      ensureMember(transaction, { organizationId: project.organizationId, userId, role }),
    );
    return userId;
  }

  /** A `Cookie` header of the user, got the way a browser gets it. */
  async function signIn(userId: string): Promise<string> {
    const response = await app.request(`${baseUrl}${await createSignInLink(auth, userId)}`);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; ');
  }

  /** Resolves when every stored batch was ingested. */
  async function settle(): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      const missing = await ledger.missing(await blob.list(rawPrefix));
      if (missing.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('stored batches were not ingested within 20 s');
  }

  const request = (path: string, init: RequestInit = {}) => app.request(`${baseUrl}${path}`, init);

  return {
    ...engines,
    engines,
    deps,
    app,
    auth,
    keyLookup,
    internalErrors,
    request,
    createProject,
    createMember,
    signIn,
    settle,
    get: (path: string, project: TestProject) => request(path, { headers: { authorization: project.basic } }),
    send: (method: string, path: string, project: TestProject, body: unknown) =>
      request(path, {
        method,
        headers: { authorization: project.basic, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async stop() {
      await consumer.close();
      await keyLookup.close();
      await engines.stop();
    },
  };
}
export type TestApi = Awaited<ReturnType<typeof startTestApi>>;
