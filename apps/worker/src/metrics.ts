import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the worker says of itself on `/metrics`. */
export function createWorkerMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    events: new Counter({
      name: 'tracewell_ingest_events_total',
      help: 'Accepted events by what became of them, since this process started.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    insertRows: new Counter({
      name: 'tracewell_insert_rows_total',
      help: 'Rows written to the columnar store.',
      labelNames: ['table'] as const,
      registers,
    }),
    insertSeconds: new Histogram({
      name: 'tracewell_insert_seconds',
      help: 'Duration of inserts into the columnar store.',
      labelNames: ['table'] as const,
      buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    insertFaults: new Counter({
      name: 'tracewell_insert_faults_total',
      help: 'Inserts the columnar store could not take for a reason of its own; their batches are tried again.',
      labelNames: ['table', 'cause'] as const,
      registers,
    }),
    receiptToVisibleSeconds: new Histogram({
      name: 'tracewell_ingest_to_visible_seconds',
      help: 'From the receipt of the oldest event of a batch until the batch can be read.',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
      registers,
    }),
    jobs: new Counter({
      name: 'tracewell_jobs_total',
      help: 'Queue jobs by outcome.',
      labelNames: ['queue', 'outcome'] as const,
      registers,
    }),
    queueDepth: new Gauge({
      name: 'tracewell_queue_depth',
      help: 'Jobs in the queue by state.',
      labelNames: ['queue', 'state'] as const,
      registers,
    }),
    ledger: new Gauge({
      name: 'tracewell_ledger_events',
      help: 'Events of all stored batches in the ledger: accepted = visible + dead_lettered + suppressed.',
      labelNames: ['state'] as const,
      registers,
    }),
    batchesInFlight: new Gauge({
      name: 'tracewell_batches_in_flight',
      help: 'Stored batches that are not yet in the ledger.',
      registers,
    }),
    oldestInFlightSeconds: new Gauge({
      name: 'tracewell_oldest_in_flight_seconds',
      help: 'Age of the oldest stored batch that is not yet in the ledger.',
      registers,
    }),
    ledgerGap: new Gauge({
      name: 'tracewell_ledger_gap_events',
      help: 'accepted - visible - dead_lettered - suppressed over the ledger. Anything but 0 is a loss.',
      registers,
    }),
    deadLetters: new Gauge({
      name: 'tracewell_dead_letters',
      help: 'Dead letters that wait for a replay.',
      registers,
    }),
    driven: new Counter({
      name: 'tracewell_reconciler_driven_total',
      help: 'Batches the reconciler drove again.',
      registers,
    }),
  };
}
export type WorkerMetrics = ReturnType<typeof createWorkerMetrics>;
