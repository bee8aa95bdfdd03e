import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { ApiMetrics } from './api/deps';

/** What the web process says of itself on `/metrics`. */
export function createWebMetrics(): ApiMetrics & { registry: Registry; enqueueFailed(): void } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'tracewell_http_request_seconds',
    help: 'API requests by operation and status.',
    labelNames: ['operation', 'status'] as const,
    buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers,
  });
  const events = new Counter({
    name: 'tracewell_received_events_total',
    help: 'Events and spans at the door, since this process started: accepted is acknowledged and durable.',
    labelNames: ['kind', 'outcome'] as const,
    registers,
  });
  const enqueueFailures = new Counter({
    name: 'tracewell_enqueue_failures_total',
    help: 'Stored batches the queue did not take; the reconciler drives them.',
    registers,
  });
  return {
    registry,
    request: (operation, status, seconds) => requests.observe({ operation, status: String(status) }, seconds),
    ingested(kind, accepted, rejected) {
      events.inc({ kind, outcome: 'accepted' }, accepted);
      if (rejected > 0) events.inc({ kind, outcome: 'rejected' }, rejected);
    },
    enqueueFailed: () => enqueueFailures.inc(),
  };
}
