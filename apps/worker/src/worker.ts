import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engines } from '@tracewell/engines';
import { createPipeline, createReconciler, openLedger } from '@tracewell/ingest';
import { deleteProject, deleteTraces } from '@tracewell/ingest/write/delete';
import { runBulkActions } from '@tracewell/modules/bulk-actions/run-bulk-actions';
import { createMediaSink, deleteMediaOfProject, deleteMediaOfTraces } from '@tracewell/modules/media/index';
import { purgeProjects } from '@tracewell/modules/projects/purge-projects';
import { createScoreConfigLookup } from '@tracewell/modules/score-configs/index';
import express from 'express';
import type { Logger } from 'pino';
import { consumeIngestQueue } from './consumers';
import { createWorkerMetrics } from './metrics';
import type { Enricher } from './prices';
import { scheduleLoop } from './schedule';

/**
 * The worker: consumers and schedules, and a small HTTP server that says how they are.
 *
 *   starting → ready → draining → stopped
 *
 * Draining takes no new job and lets those in hand finish; a job that does not is simply taken by the next
 * worker, as nothing is acknowledged before it is done (D2, D8).
 */
export interface WorkerOptions {
  engines: Engines;
  enricher: Enricher;
  log: Logger;
  host: string;
  /** 0: any free port. */
  port: number;
  /** How often stored batches are compared with the ledger, and how old one must be to be driven again. */
  reconcileEveryMs: number;
  reconcileGraceMs: number;
}

const ledgerEveryMs = 5_000;
const purgeEveryMs = 5_000;
const bulkActionsEveryMs = 1_000;
const probeBudgetMs = 1_000;

export async function startWorker(options: WorkerOptions) {
  const { engines, enricher, log, host, port, reconcileEveryMs } = options;
  const { blob, columnar, queues, relational } = engines;
  const metrics = createWorkerMetrics();
  const ledger = openLedger(relational);
  let state: 'ready' | 'draining' = 'ready';

  const pipeline = createPipeline({
    blob,
    columnar,
    ledger,
    enrich: enricher.enrich,
    prepare: enricher.prepare,
    scoreConfigsOf: createScoreConfigLookup({ relational }).find,
    storeMedia: createMediaSink({ relational, blob }),
    onInsert({ table, rows, seconds }) {
      metrics.insertRows.inc({ table }, rows);
      metrics.insertSeconds.observe({ table }, seconds);
    },
    onFault({ table, cause, error }) {
      metrics.insertFaults.inc({ table, cause });
      log.error(
        { table, cause, err: error },
        'the columnar store does not take rows; they are kept and tried again',
      );
    },
    onIngested(outcome, oldestReceivedAt) {
      metrics.events.inc({ outcome: 'visible' }, outcome.written);
      metrics.events.inc({ outcome: 'dead_lettered' }, outcome.deadLettered);
      metrics.events.inc({ outcome: 'suppressed' }, outcome.suppressed);
      metrics.receiptToVisibleSeconds.observe(Math.max(0, Date.now() - oldestReceivedAt / 1000) / 1000);
    },
  });
  const consumer = await consumeIngestQueue({ queues, pipeline, ledger, metrics, log });

  const reconciler = createReconciler({ blob, queues, ledger, graceMs: options.reconcileGraceMs });
  const schedules = [
    scheduleLoop('reconcile', reconcileEveryMs, log, async () => {
      const look = await reconciler.look();
      metrics.batchesInFlight.set(look.inFlight);
      metrics.oldestInFlightSeconds.set(look.oldestAgeMs / 1000);
      metrics.driven.inc(look.driven);
      if (look.driven > 0) log.warn({ batches: look.driven }, 'the reconciler drove stored batches again');
    }),
    scheduleLoop('purge', purgeEveryMs, log, async () => {
      const steps = await purgeProjects({
        relational,
        deleteRecords: (projectId) => deleteProject(columnar, { projectId, deletedAt: Date.now() * 1000 }),
        deleteObjects: (projectId) => deleteMediaOfProject(blob, projectId),
      });
      if (steps > 0) log.info({ steps }, 'data of deleted projects was purged');
    }),
    scheduleLoop('bulk-actions', bulkActionsEveryMs, log, () =>
      runBulkActions({
        relational,
        columnar,
        async deleteTraces(projectId, traceIds) {
          await deleteTraces(columnar, { projectId, traceIds, deletedAt: Date.now() * 1000 });
          await deleteMediaOfTraces({ relational, blob }, projectId, traceIds);
        },
        isDraining: () => state === 'draining',
        onError: (error, bulkActionId) =>
          log.warn({ err: error, bulkActionId }, 'a piece of a bulk action failed'),
      }),
    ),
    scheduleLoop('ledger', ledgerEveryMs, log, async () => {
      const totals = await ledger.totals();
      metrics.ledger.set({ state: 'accepted' }, totals.accepted);
      metrics.ledger.set({ state: 'visible' }, totals.written);
      metrics.ledger.set({ state: 'dead_lettered' }, totals.deadLettered);
      metrics.ledger.set({ state: 'suppressed' }, totals.suppressed);
      metrics.ledgerGap.set(totals.accepted - totals.written - totals.deadLettered - totals.suppressed);
      metrics.deadLetters.set(await ledger.countDeadLetters());
    }),
  ];

  const app = express().disable('x-powered-by');
  app.get('/livez', (_, response) => void response.json({ status: 'OK' }));
  app.get('/readyz', async (_, response) => {
    const checks = {
      relational: relational.ping(),
      columnar: columnar.ping(),
      queue: queues.ping(),
      blob: blob.ping(),
    };
    const results = await Promise.all(
      Object.entries(checks).map(
        async ([name, check]) => [name, await within(check, probeBudgetMs)] as const,
      ),
    );
    const ready = state === 'ready' && results.every(([, ok]) => ok);
    response.status(ready ? 200 : 503).json({ status: state, checks: Object.fromEntries(results) });
  });
  app.get('/metrics', async (_, response) => {
    const counts = await queues.counts('ingest').catch(() => null);
    if (counts)
      for (const [name, count] of Object.entries(counts))
        metrics.queueDepth.set({ queue: 'ingest', state: name }, count);
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(port, host, (error?: Error) => (error ? reject(error) : resolve(listening)));
  });

  return {
    port: (server.address() as AddressInfo).port,
    async drain() {
      state = 'draining';
      for (const schedule of schedules) schedule.stop();
      await consumer.close();
      await Promise.all(schedules.map((schedule) => schedule.idle()));
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

async function within(check: Promise<boolean>, budgetMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), budgetMs);
  });
  return Promise.race([check.catch(() => false), late]).finally(() => clearTimeout(timer));
}
