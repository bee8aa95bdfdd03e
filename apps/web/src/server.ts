import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { openEngines, readEngineConfig } from '@tracewell/engines';
import { settingsOrExit } from '@tracewell/engines/settings/setting';
import { openBatchLog } from '@tracewell/ingest';
import { deleteScores, deleteTraces } from '@tracewell/ingest/write/delete';
import { createAuth } from '@tracewell/modules/accounts/index';
import { createKeyLookup } from '@tracewell/modules/api-keys/index';
import { deleteMediaOfTraces } from '@tracewell/modules/media/index';
import { createScoreConfigLookup } from '@tracewell/modules/score-configs/index';
import { createVault } from '@tracewell/modules/secrets/index';
import next from 'next';
import pino from 'pino';
import { createApi, isApiPath } from './api/create-api';
import { defaultApiLimits } from './api/deps';
import { createWebMetrics } from './metrics';
import { urlsOf } from './own-urls';
import { boundBody } from './request-deadlines';
import { securityHeaders } from './security-headers';
import { readWebSettings } from './settings';
import { version } from './version';

/**
 * The web process: one HTTP server for the API and the pages.
 *
 *   starting → ready → draining (SIGTERM: not ready, no new connections, requests in hand finish) → stopped
 */
const settings = settingsOrExit(() => readWebSettings(process.env));
const { host, port, publicUrl, salt } = settings;
const log = pino({ name: 'web', level: settings.logLevel });
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
if (settings.adminApiKey && settings.adminApiKey.length < minAdminKeyLength) {
  log.warn(
    `The admin key has fewer than ${minAdminKeyLength} characters and can be guessed. Set TRACEWELL_ADMIN_API_KEY to the output of \`openssl rand -hex 32\`.`,
  );
}
const engines = await openEngines(readEngineConfig(process.env), {
  onError: (error) => log.warn({ err: error }, 'a store connection broke'),
});
const auth = createAuth({
  relational: engines.relational,
  secret: settings.authSecret,
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
  vault: createVault(settings.encryptionKey, settings.oldEncryptionKeys),
  outboundHosts: settings.outboundHosts,
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
  config: { version, salt, publicUrl, adminApiKey: settings.adminApiKey, limits: defaultApiLimits },
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
