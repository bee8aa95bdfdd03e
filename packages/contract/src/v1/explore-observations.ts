import { z } from 'zod';
import { defineOperation } from '../operation';
import { observationNode, scoreSummary, traceHistogramResponse } from './explore';
import {
  exploredProject,
  facetQueryOf,
  histogramQuery,
  rowPageOf,
  rowPageQuery,
  valueCounts,
} from './explored-rows';

/** Observations of all traces of a project, as a screen lists them. */

const path = '/api/v1/projects/{projectId}/observations' as const;
const exploring = { method: 'GET', scope: 'traces:read', tag: 'Explore' } as const;

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

export const exploreObservations = defineOperation({
  ...exploring,
  id: 'exploreObservations',
  path,
  summary: 'Observations as a screen lists them, newest first: previews and totals, page by cursor.',
  params: exploredProject,
  query: rowPageQuery,
  responses: { 200: rowPageOf(observationSummary) },
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
  params: exploredProject,
  query: facetQueryOf(observationFacetFields),
  responses: { 200: valueCounts },
});

export const exploreObservationHistogram = defineOperation({
  ...exploring,
  id: 'exploreObservationHistogram',
  path: `${path}/histogram`,
  summary: 'How many observations over time, how many that failed, at what cost.',
  params: exploredProject,
  query: histogramQuery,
  responses: { 200: traceHistogramResponse },
});
