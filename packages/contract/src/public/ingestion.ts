import { z } from 'zod';
import { defineOperation } from '../operation';

const json = ['application/json'];
const otlp = ['application/x-protobuf', 'application/json'];

/** One result per event, by the event's id. */
export const ingestionResponse = z.object({
  successes: z.array(z.object({ id: z.string(), status: z.int() })),
  errors: z.array(
    z.object({
      id: z.string(),
      status: z.int(),
      message: z.string().optional(),
      error: z.unknown().optional(),
    }),
  ),
});
export type IngestionResponse = z.infer<typeof ingestionResponse>;

export const ingestBatch = defineOperation({
  id: 'ingestBatch',
  method: 'POST',
  path: '/api/public/ingestion',
  scope: 'scores:ingest',
  tag: 'Ingestion',
  deprecated: true,
  summary: 'Takes a batch of events; answers for each event by itself.',
  rawBody: json,
  responses: { 207: ingestionResponse },
});

/** An OTLP answer: empty, or `partialSuccess`. In the encoding of the request. */
export const otlpResponse = z.object({
  partialSuccess: z
    .object({
      rejectedSpans: z.union([z.string(), z.number()]).optional(),
      errorMessage: z.string().optional(),
    })
    .optional(),
});

const otlpOperation = <Id extends string>(id: Id, path: `/${string}`, summary: string) =>
  defineOperation({
    id,
    method: 'POST',
    path,
    scope: 'traces:ingest',
    tag: 'OpenTelemetry',
    summary,
    rawBody: otlp,
    responses: { 200: otlpResponse },
  });

export const ingestOtlpTraces = otlpOperation(
  'ingestOtlpTraces',
  '/api/public/otel/v1/traces',
  'Takes an OTLP export of spans, protobuf or JSON.',
);
export const ingestOtlpTracesAtBase = otlpOperation(
  'ingestOtlpTracesAtBase',
  '/api/public/otel',
  'The same, for exporters that are given the base address as the whole address.',
);
export const ingestOtlpMetrics = otlpOperation(
  'ingestOtlpMetrics',
  '/api/public/otel/v1/metrics',
  'Accepts metrics and keeps none, so that exporters that send all signals work.',
);
export const ingestOtlpLogs = otlpOperation(
  'ingestOtlpLogs',
  '/api/public/otel/v1/logs',
  'Accepts logs and keeps none, so that exporters that send all signals work.',
);

/** Single objects, as the first clients sent them; each becomes one event of a batch. */
const single = <Id extends string>(id: Id, method: 'POST' | 'PATCH', path: `/${string}`, summary: string) =>
  defineOperation({
    id,
    method,
    path,
    scope: 'traces:ingest',
    tag: 'Ingestion',
    deprecated: true,
    summary,
    body: z.record(z.string(), z.unknown()),
    rawBody: json,
    responses: { 200: z.object({ id: z.string() }) },
  });

export const createTrace = single('createTrace', 'POST', '/api/public/traces', 'Creates or updates a trace.');
export const createEvent = single('createEvent', 'POST', '/api/public/events', 'Creates an event.');
export const createSpan = single('createSpan', 'POST', '/api/public/spans', 'Creates a span.');
export const updateSpan = single('updateSpan', 'PATCH', '/api/public/spans', 'Updates the span `spanId`.');
export const createGeneration = single(
  'createGeneration',
  'POST',
  '/api/public/generations',
  'Creates a generation.',
);
export const updateGeneration = single(
  'updateGeneration',
  'PATCH',
  '/api/public/generations',
  'Updates the generation `generationId`.',
);
