import { openEngines, readEngineConfig } from '@tracewell/engines';
import { settingsOrExit } from '@tracewell/engines/settings/setting';
import pino from 'pino';
import { createEnricher } from './prices';
import { readWorkerSettings } from './settings';
import { startWorker } from './worker';

/** The worker process. Told by environment; tells its parent, if it has one, when it is ready. */
const { host, port, reconcileEveryMs, reconcileGraceMs, logLevel } = settingsOrExit(() =>
  readWorkerSettings(process.env),
);
const log = pino({ name: 'worker', level: logLevel });
const drainBudgetMs = 25_000;

const engines = await openEngines(readEngineConfig(process.env), {
  onError: (error) => log.warn({ err: error }, 'a store connection broke'),
});
const worker = await startWorker({
  engines,
  enricher: await createEnricher({
    relational: engines.relational,
    onError: (error) =>
      log.warn({ err: error }, 'model definitions cannot be read; those known go on to price'),
  }),
  log,
  host,
  port,
  reconcileEveryMs,
  reconcileGraceMs,
});
process.send?.({ type: 'ready', port: worker.port });
log.info({ port: worker.port }, 'ready');

let stopping = false;
async function stop(reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ reason }, 'draining');
  setTimeout(() => {
    log.error('could not drain in time; what was in hand is left to the next worker');
    process.exit(1);
  }, drainBudgetMs).unref();
  await worker.drain();
  await engines.close();
  process.exit(0);
}
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
// A parent that is gone can no longer stop us: a worker without one would hold the stores of the next start.
if (process.send) process.on('disconnect', () => void stop('the parent process is gone'));
