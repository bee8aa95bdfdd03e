import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { openEngines, readEngineConfig } from '@tracewell/engines';
import { openBatchLog } from '@tracewell/ingest';
import { deleteScores, deleteTraces } from '@tracewell/ingest/write/delete';
import { createAuth } from '@tracewell/modules/accounts/index';
import { createKeyLookup } from '@tracewell/modules/api-keys/index';
import { deleteMediaOfTraces } from '@tracewell/modules/media/index';
import { parseAllowedHosts } from '@tracewell/modules/outbound/index';
import { createScoreConfigLookup } from '@tracewell/modules/score-configs/index';
import { createVault, encryptionKeyPattern, maxOldKeys } from '@tracewell/modules/secrets/index';
import next from 'next';
import pino from 'pino';
import { createApi, isApiPath } from './api/create-api';
import { defaultApiLimits } from './api/deps';
import { createWebMetrics } from './metrics';
import { urlsOf } from './own-urls';
import { boundBody } from './request-deadlines';
import { securityHeaders } from './security-headers';
import { version } from './version';

/**
 * The web process: one HTTP server for the API and the pages.
 *
 *   starting → ready → draining (SIGTERM: not ready, no new connections, requests in hand finish) → stopped
 */
const log = pino({ name: 'web', level: process.env.TRACEWELL_LOG_LEVEL ?? 'info' });
const host = process.env.TRACEWELL_HOST ?? '127.0.0.1';
const port = Number(process.env.TRACEWELL_PORT ?? 3000);
const publicUrl = process.env.TRACEWELL_PUBLIC_URL;
/** Known once it listens, where any free port was asked for. */
let listening = port;
const drainBudgetMs = 20_000;
const minAdminKeyLength = 16;
/** Slow clients hold a socket, nothing else, and not for long. */
const limits = {
  headersMs: 10_000,
  /** For a whole request, but for uploads of files: those last as long as they go on. */
  request: { totalMs: 60_000 },
  upload: { windowMs: 30_000, bytesPerWindow: 64 * 1024 },
  keepAliveMs: 65_000,
  connections: 10_000,
  headerBytes: 32 * 1024,
};

let state: 'ready' | 'draining' = 'ready';
const metrics = createWebMetrics();
const engines = await openEngines(readEngineConfig(process.env), {
  onError: (error) => log.warn({ err: error }, 'a store connection broke'),
});
const salt = requireSecret('TRACEWELL_SALT');
const auth = createAuth({
  relational: engines.relational,
  secret: requireSecret('TRACEWELL_AUTH_SECRET'),
  baseUrl: publicUrl ?? `http://localhost:${port}`,
  moreUrls: () => (publicUrl ? [] : urlsOf(host, listening)),
  allowSignUp: false,
});
const batchLog = openBatchLog({
  blob: engines.blob,
  queues: engines.queues,
  onEnqueueError(error) {
    metrics.enqueueFailed();
    log.warn({ err: error }, 'the queue did not take a stored batch; the reconciler will');
  },
});
const keyLookup = createKeyLookup({ relational: engines.relational, salt });
const api = createApi({
  relational: engines.relational,
  columnar: engines.columnar,
  blob: engines.blob,
  batchLog,
  auth,
  keyLookup,
  vault: createVault(requireEncryptionKey(), readOldEncryptionKeys()),
  outboundHosts: parseAllowedHosts(process.env.TRACEWELL_OUTBOUND_HOSTS),
  scoreConfigs: createScoreConfigLookup({
    relational: engines.relational,
    onError: (error) => log.warn({ err: error }, 'score configs cannot be read; scores are taken unchecked'),
  }),
  async deleteTraces(projectId, traceIds) {
    await deleteTraces(engines.columnar, { projectId, traceIds, deletedAt: Date.now() * 1000 });
    await deleteMediaOfTraces(engines, projectId, traceIds);
  },
  deleteScores: (projectId, scoreIds) =>
    deleteScores(engines.columnar, { projectId, scoreIds, deletedAt: Date.now() * 1000 }),
  config: { version, salt, publicUrl, adminApiKey: readAdminKey(), limits: defaultApiLimits },
  isServing: () => state === 'ready',
  metrics,
  onInternalError: (error, operationId) => log.error({ err: error, operationId }, 'internal error'),
  now: () => Date.now() * 1000,
});
api.get('/metrics', async () => {
  return new Response(await metrics.registry.metrics(), {
    headers: { 'content-type': metrics.registry.contentType },
  });
});

const pages = next({
  dev: false,
  dir: dirname(dirname(fileURLToPath(import.meta.url))),
  hostname: host,
  port,
});
await pages.prepare();
const servePage = pages.getRequestHandler();
const serveApi = getRequestListener(api.fetch);
const isUpload = (method: string | undefined, path: string) =>
  method === 'PUT' && engines.blob.door !== undefined && path.startsWith(engines.blob.door.path);

const server = createServer(
  { maxHeaderSize: limits.headerBytes },
  (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of securityHeaders) response.setHeader(name, value);
    const path = (request.url ?? '/').split('?', 1)[0]!;
    boundBody(request, response, isUpload(request.method, path) ? limits.upload : limits.request);
    if (isApiPath(path) || path === '/metrics') void serveApi(request, response);
    else void servePage(request, response);
  },
);
server.headersTimeout = limits.headersMs;
// Node has one limit for all routes; `boundBody` has one for each kind.
server.requestTimeout = 0;
server.keepAliveTimeout = limits.keepAliveMs;
server.maxConnections = limits.connections;
await new Promise<void>((resolve, reject) => {
  server.once('error', reject);
  server.listen(port, host, resolve);
});
listening = (server.address() as AddressInfo).port;
process.send?.({ type: 'ready', port: listening });
log.info({ host, port: listening }, 'ready');

async function stop(reason: string): Promise<void> {
  if (state === 'draining') return;
  state = 'draining';
  log.info({ reason }, 'draining');
  setTimeout(() => {
    log.error('could not drain in time; requests in hand are cut off unacknowledged');
    process.exit(1);
  }, drainBudgetMs).unref();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await closed;
  await batchLog.drain();
  await keyLookup.close();
  await engines.close();
  process.exit(0);
}
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
// A parent that is gone can no longer stop us.
if (process.send) process.on('disconnect', () => void stop('the parent process is gone'));

function requireEncryptionKey(): string {
  const key = requireSecret('TRACEWELL_ENCRYPTION_KEY');
  if (encryptionKeyPattern.test(key)) return key;
  log.fatal('TRACEWELL_ENCRYPTION_KEY must be 64 hex digits, as `openssl rand -hex 32` prints them.');
  process.exit(78);
}

/** Keys that stored secrets may still be sealed with, after a new one took their place; comma-separated. */
function readOldEncryptionKeys(): string[] {
  const keys = (process.env.TRACEWELL_OLD_ENCRYPTION_KEYS ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean);
  if (keys.length <= maxOldKeys && keys.every((key) => encryptionKeyPattern.test(key))) return keys;
  log.fatal(
    `TRACEWELL_OLD_ENCRYPTION_KEYS must hold at most ${maxOldKeys} former values of TRACEWELL_ENCRYPTION_KEY, 64 hex digits each, with commas between them.`,
  );
  process.exit(78);
}

/** Of the instance admin API, which is off without one. The second name is the one peers know. */
function readAdminKey(): string | undefined {
  const key = process.env.TRACEWELL_ADMIN_API_KEY || process.env.ADMIN_API_KEY || undefined;
  if (key && key.length < minAdminKeyLength) {
    log.warn(
      `The admin key has fewer than ${minAdminKeyLength} characters and can be guessed. Set TRACEWELL_ADMIN_API_KEY to the output of \`openssl rand -hex 32\`.`,
    );
  }
  return key;
}

function requireSecret(name: string): string {
  const value = process.env[name];
  if (value) return value;
  log.fatal(
    `${name} is not set. Set it to the output of \`openssl rand -hex 32\`, the same for every process.`,
  );
  process.exit(78);
}
