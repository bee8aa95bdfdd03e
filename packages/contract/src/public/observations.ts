import { observationLevels, observationTypes } from '@tracewell/domain';
import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { booleanText, exactText, filterText, isoTime, textList, wholeNumber } from '../query-params';

const tag = 'Observations';
const time = z.iso.datetime({ offset: true });
const level = z.enum(observationLevels);
const type = z.enum(observationTypes);

/** v1: everything of one observation, nothing of its trace. Durations are seconds. */
export const observationV1 = z
  .object({
    id: z.string(),
    projectId: z.string(),
    traceId: z.string().nullable(),
    parentObservationId: z.string().nullable(),
    name: z.string().nullable(),
    type,
    environment: z.string(),
    startTime: time,
    endTime: time.nullable(),
    completionStartTime: time.nullable(),
    createdAt: time,
    updatedAt: time,
    version: z.string().nullable(),
    level,
    statusMessage: z.string().nullable(),
    input: z.unknown(),
    output: z.unknown(),
    metadata: z.unknown(),
    model: z.string().nullable(),
    modelId: z.string().nullable(),
    modelParameters: z.unknown(),
    promptId: z.string().nullable(),
    promptName: z.string().nullable(),
    promptVersion: z.int().nullable(),
    usageDetails: z.record(z.string(), z.number()),
    costDetails: z.record(z.string(), z.number()),
    usage: z.object({ unit: z.literal('TOKENS'), input: z.number(), output: z.number(), total: z.number() }),
    unit: z.literal('TOKENS'),
    promptTokens: z.number(),
    completionTokens: z.number(),
    totalTokens: z.number(),
    usagePricingTierId: z.string().nullable(),
    usagePricingTierName: z.string().nullable(),
    inputPrice: z.number().nullable(),
    outputPrice: z.number().nullable(),
    totalPrice: z.number().nullable(),
    calculatedInputCost: z.number().nullable(),
    calculatedOutputCost: z.number().nullable(),
    calculatedTotalCost: z.number().nullable(),
    latency: z.number().nullable(),
    timeToFirstToken: z.number().nullable(),
  })
  .meta({ id: 'ObservationV1' });
export type ObservationV1 = z.infer<typeof observationV1>;

export const listObservationsV1 = defineOperation({
  id: 'listObservationsV1',
  method: 'GET',
  path: '/api/public/observations',
  scope: 'traces:read',
  tag,
  deprecated: true,
  summary: 'Observations with their payloads, newest first, page by number.',
  query: z.object({
    ...pageQuery,
    name: exactText.optional(),
    userId: exactText.optional(),
    type: exactText.optional(),
    traceId: exactText.optional(),
    level: level.optional(),
    parentObservationId: exactText.optional(),
    environment: textList.optional(),
    fromStartTime: isoTime.optional(),
    toStartTime: isoTime.optional(),
    version: exactText.optional(),
    filter: filterText.optional(),
  }),
  responses: { 200: pageOf(observationV1) },
});

export const getObservationV1 = defineOperation({
  id: 'getObservationV1',
  method: 'GET',
  path: '/api/public/observations/{observationId}',
  scope: 'traces:read',
  tag,
  deprecated: true,
  summary: 'One observation.',
  params: z.object({ observationId: z.string().min(1).max(800) }),
  responses: { 200: observationV1 },
});

/** Groups of fields a reader may ask for; core always comes. */
export const observationGroups = [
  'core',
  'basic',
  'time',
  'io',
  'metadata',
  'model',
  'usage',
  'prompt',
  'metrics',
  'trace_context',
] as const;
export type ObservationGroup = (typeof observationGroups)[number];

/** v2: core always, the rest when its group was asked for. Payloads are text as it was stored. */
export const observationV2 = z
  .object({
    id: z.string(),
    traceId: z.string().nullable(),
    startTime: time,
    endTime: time.nullable(),
    projectId: z.string(),
    parentObservationId: z.string().nullable(),
    type,
    name: z.string().nullable().optional(),
    level: level.optional(),
    statusMessage: z.string().nullable().optional(),
    version: z.string().nullable().optional(),
    environment: z.string().optional(),
    bookmarked: z.boolean().optional(),
    public: z.boolean().optional(),
    userId: z.string().nullable().optional(),
    sessionId: z.string().nullable().optional(),
    isRootObservation: z.boolean().optional(),
    completionStartTime: time.nullable().optional(),
    createdAt: time.optional(),
    updatedAt: time.optional(),
    input: z.string().nullable().optional(),
    output: z.string().nullable().optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
    /** The same text twice: clients read the one or the other name. */
    providedModelName: z.string().nullable().optional(),
    model: z.string().nullable().optional(),
    internalModelId: z.string().nullable().optional(),
    modelParameters: z.unknown().optional(),
    usageDetails: z.record(z.string(), z.number()).optional(),
    costDetails: z.record(z.string(), z.number()).optional(),
    totalCost: z.number().nullable().optional(),
    inputUsage: z.number().optional(),
    outputUsage: z.number().optional(),
    totalUsage: z.number().optional(),
    inputCost: z.number().nullable().optional(),
    outputCost: z.number().nullable().optional(),
    usagePricingTierName: z.string().nullable().optional(),
    promptId: z.string().nullable().optional(),
    promptName: z.string().nullable().optional(),
    promptVersion: z.int().nullable().optional(),
    latency: z.number().nullable(),
    timeToFirstToken: z.number().nullable(),
    modelId: z.string().nullable(),
    /** Decimal text. */
    inputPrice: z.string().nullable(),
    outputPrice: z.string().nullable(),
    totalPrice: z.string().nullable(),
    traceName: z.string().nullable().optional(),
    tags: z.array(z.string()).optional(),
    release: z.string().nullable().optional(),
  })
  .meta({ id: 'ObservationV2' });
export type ObservationV2 = z.infer<typeof observationV2>;

export const listObservationsV2 = defineOperation({
  id: 'listObservationsV2',
  method: 'GET',
  path: '/api/public/v2/observations',
  scope: 'traces:read',
  tag,
  summary: 'Observations, newest first, page by cursor, with the groups of fields that are asked for.',
  query: z.object({
    fields: textList
      .optional()
      .transform((names): ObservationGroup[] =>
        names && names.length > 0
          ? observationGroups.filter((group) => group === 'core' || names.includes(group))
          : ['core', 'basic'],
      ),
    expandMetadata: textList.optional(),
    limit: wholeNumber({ min: 0, max: 1000, default: 50 }),
    cursor: exactText.optional(),
    parseIoAsJson: z
      .literal('false', {
        error:
          'parseIoAsJson must be false or absent: payloads are text as it was stored; parse them yourself',
      })
      .optional(),
    type: exactText.optional(),
    name: exactText.optional(),
    userId: exactText.optional(),
    sessionId: exactText.optional(),
    level: level.optional(),
    traceId: exactText.optional(),
    version: exactText.optional(),
    /** An empty text asks for those without a parent. */
    parentObservationId: z.string().optional(),
    isRootObservation: booleanText.optional(),
    environment: textList.optional(),
    fromStartTime: isoTime.optional(),
    toStartTime: isoTime.optional(),
    filter: filterText.optional(),
  }),
  responses: {
    200: z.object({ data: z.array(observationV2), meta: z.object({ cursor: z.string().optional() }) }),
  },
});
