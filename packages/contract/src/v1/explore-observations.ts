import { z } from 'zod';
import { defineOperation } from '../operation';
import { observationNode, scoreSummary, traceHistogramResponse } from './explore';

/** Observations of all traces of a project, as a screen lists them. */

const params = z.object({ projectId: z.string().min(1) });
const path = '/api/v1/projects/{projectId}/observations' as const;
const exploring = { method: 'GET', scope: 'traces:read', tag: 'Explore' } as const;
const isoTime = z.iso.datetime({ offset: true });

export const observationSummary = observationNode
  .omit({ startOffsetUs: true, durationUs: true, completionStartOffsetUs: true })
  .extend({
    traceId: z.string(),
    traceName: z.string(),
    userId: z.string(),
    sessionId: z.string(),
    tags: z.array(z.string()),
    version: z.string(),
    release: z.string(),
    /** null without an end. */
    latencyMs: z.number().nullable(),
    /** null without a first token. */
    timeToFirstTokenMs: z.number().nullable(),
    totalCost: z.number(),
    /** The first 200 characters. */
    inputPreview: z.string(),
    outputPreview: z.string(),
    /** Of the observation itself. */
    scores: z.array(scoreSummary),
  })
  .meta({ id: 'ObservationSummary' });
export type ObservationSummary = z.infer<typeof observationSummary>;

const selection = z.object({
  /** By start; inclusive. */
  from: isoTime.optional(),
  /** Exclusive. */
  to: isoTime.optional(),
  /** The search language (docs/search-language.md), with the fields of observations. */
  q: z.string().max(4_000).optional(),
});

export const exploreObservations = defineOperation({
  ...exploring,
  id: 'exploreObservations',
  path,
  summary: 'Observations as a screen lists them, newest first: previews and totals, page by cursor.',
  params,
  query: selection.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().optional(),
  }),
  responses: {
    200: z.object({
      data: z.array(observationSummary),
      /** Absent on the last page. */
      meta: z.object({ cursor: z.string().optional(), limit: z.number() }),
    }),
  },
});

export const observationFacetFields = [
  'name',
  'traceName',
  'type',
  'level',
  'model',
  'prompt',
  'tool',
  'environment',
  'userId',
  'sessionId',
  'tags',
  'version',
  'release',
  'scoreName',
  'metadataKey',
] as const;

export const exploreObservationFacets = defineOperation({
  ...exploring,
  id: 'exploreObservationFacets',
  path: `${path}/facets`,
  summary: 'The values of one field among the observations that are meant, most frequent first.',
  params,
  query: selection.extend({
    field: z.enum(observationFacetFields),
    search: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  responses: { 200: z.object({ data: z.array(z.object({ value: z.string(), count: z.number().int() })) }) },
});

export const exploreObservationHistogram = defineOperation({
  ...exploring,
  id: 'exploreObservationHistogram',
  path: `${path}/histogram`,
  summary: 'How many observations over time, how many that failed, at what cost.',
  params,
  query: selection.extend({ buckets: z.coerce.number().int().min(1).max(200).default(60) }),
  responses: { 200: traceHistogramResponse },
});
