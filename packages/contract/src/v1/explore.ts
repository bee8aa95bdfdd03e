import { observationLevels, observationTypes, scoreDataTypes, scoreSources } from '@tracewell/domain';
import { z } from 'zod';

/**
 * What the screens read, under `/api/v1/projects/{projectId}`. Times are ISO 8601 UTC with milliseconds (the
 * `…Us` offsets keep microseconds), durations milliseconds, money US dollars. Lists carry previews (the first
 * 200 characters), never whole payloads.
 */

const isoTime = z.iso.datetime({ offset: true });
export const usageMap = z.record(z.string(), z.number());
export const observationType = z.enum(observationTypes);
export const observationLevel = z.enum(observationLevels);

export const scoreSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    dataType: z.enum(scoreDataTypes),
    source: z.enum(scoreSources),
    value: z.number().nullable(),
    stringValue: z.string().nullable(),
    comment: z.string().nullable(),
    observationId: z.string().nullable(),
    /** null when it was not given by a config. */
    configId: z.string().nullable(),
    /** The member who gave it; null when a program did. */
    authorUserId: z.string().nullable(),
    timestamp: isoTime,
  })
  .meta({ id: 'ScoreSummary' });
export type ScoreSummary = z.infer<typeof scoreSummary>;

export const traceSummary = z
  .object({
    id: z.string(),
    timestamp: isoTime,
    name: z.string(),
    userId: z.string(),
    sessionId: z.string(),
    tags: z.array(z.string()),
    environment: z.string(),
    version: z.string(),
    release: z.string(),
    public: z.boolean(),
    /** The most severe of its observations' levels. */
    level: observationLevel,
    latencyMs: z.number(),
    observationCount: z.number().int(),
    errorCount: z.number().int(),
    usage: z.object({ input: z.number(), output: z.number(), total: z.number() }),
    totalCost: z.number(),
    models: z.array(z.string()),
    inputPreview: z.string(),
    outputPreview: z.string(),
    scores: z.array(scoreSummary),
  })
  .meta({ id: 'TraceSummary' });
export type TraceSummary = z.infer<typeof traceSummary>;

/** `GET …/traces` */
export const listTracesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
  /** Inclusive. */
  from: isoTime.optional(),
  /** Exclusive. */
  to: isoTime.optional(),
  /** JSON array of conditions, columns of the traces list; see filter.ts. */
  filter: z.string().optional(),
  /** The search language (docs/search-language.md): words, `field:value`, comparisons, NOT, OR and brackets. */
  q: z.string().max(4_000).optional(),
  orderBy: z
    .enum([
      'timestamp.desc',
      'timestamp.asc',
      'latency.desc',
      'totalCost.desc',
      'totalTokens.desc',
      'errorCount.desc',
    ])
    .default('timestamp.desc'),
});
export const listTracesResponse = z.object({
  data: z.array(traceSummary),
  /** Absent on the last page. */
  meta: z.object({ cursor: z.string().optional(), limit: z.number() }),
});

/** `GET …/traces/facets`: the values seen in the range, most frequent first. */
export const traceFacetFields = [
  'name',
  'userId',
  'sessionId',
  'tags',
  'environment',
  'level',
  'model',
  'version',
  'release',
  'prompt',
  'tool',
  'observation',
  'scoreName',
  'metadataKey',
] as const;
export const traceFacetsQuery = listTracesQuery.pick({ from: true, to: true, filter: true, q: true }).extend({
  field: z.enum(traceFacetFields),
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const traceFacetsResponse = z.object({
  data: z.array(z.object({ value: z.string(), count: z.number().int() })),
});

/** `GET …/traces/histogram`: equal time buckets over the range. */
export const traceHistogramQuery = listTracesQuery
  .pick({ from: true, to: true, filter: true, q: true })
  .extend({
    buckets: z.coerce.number().int().min(1).max(200).default(60),
  });
export const traceHistogramResponse = z.object({
  data: z.array(
    z.object({ time: isoTime, count: z.number().int(), errorCount: z.number().int(), totalCost: z.number() }),
  ),
});

/** A node of the tree: all of an observation but its payloads. */
export const observationNode = z
  .object({
    id: z.string(),
    parentObservationId: z.string().nullable(),
    type: observationType,
    name: z.string(),
    startTime: isoTime,
    endTime: isoTime.nullable(),
    /** Microseconds after the trace's first start. */
    startOffsetUs: z.number().int(),
    durationUs: z.number().int().nullable(),
    completionStartOffsetUs: z.number().int().nullable(),
    level: observationLevel,
    statusMessage: z.string(),
    environment: z.string(),
    model: z.string(),
    modelId: z.string(),
    promptName: z.string(),
    promptVersion: z.number().int().nullable(),
    usage: usageMap,
    cost: usageMap,
    toolCallNames: z.array(z.string()),
  })
  .meta({ id: 'ObservationNode' });
export type ObservationNode = z.infer<typeof observationNode>;

/** `GET …/traces/{traceId}` */
export const traceDetail = traceSummary
  .extend({
    projectId: z.string(),
    /** JSON or plain text; null when absent. */
    input: z.string().nullable(),
    output: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    observations: z.array(observationNode),
  })
  .meta({ id: 'TraceDetail' });
export type TraceDetail = z.infer<typeof traceDetail>;

/** `GET …/traces/{traceId}/observations/{observationId}` */
export const observationDetail = observationNode.extend({
  traceId: z.string(),
  input: z.string().nullable(),
  output: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  modelParameters: z.record(z.string(), z.unknown()),
  version: z.string(),
  release: z.string(),
  usageProvided: z.boolean(),
  costProvided: z.boolean(),
  pricingTierName: z.string(),
  /** US dollars per unit of the usage keys that had a price, as it was applied. */
  unitPrices: usageMap,
  /** Tool name → {description, parameters}. */
  toolDefinitions: z.record(z.string(), z.unknown()),
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })),
  serviceName: z.string(),
  scopeName: z.string(),
  scopeVersion: z.string(),
  source: z.string(),
  ingestionSdkName: z.string(),
  ingestionSdkVersion: z.string(),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type ObservationDetail = z.infer<typeof observationDetail>;
