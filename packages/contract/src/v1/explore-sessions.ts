import { z } from 'zod';
import { defineOperation } from '../operation';
import {
  countsOverTime,
  exploredProject,
  facetQueryOf,
  histogramQuery,
  isoTime,
  rowPageOf,
  rowPageQuery,
  valueCounts,
} from './explored-rows';

/** Sessions of a project, as a screen lists them: each is the traces that name it. */

const path = '/api/v1/projects/{projectId}/sessions' as const;
const exploring = { method: 'GET', scope: 'traces:read', tag: 'Explore' } as const;

export const exploredSession = z
  .object({
    id: z.string(),
    /** When its first trace began, and its last. */
    timestamp: isoTime,
    lastTraceAt: isoTime,
    /** From the beginning of the first trace to the last end of any. */
    durationMs: z.number(),
    traceCount: z.number().int(),
    /** Its traces with an error. */
    errorCount: z.number().int(),
    totalTokens: z.number(),
    totalCost: z.number(),
    /** Each at most 20, in the order of the alphabet. */
    userIds: z.array(z.string()),
    environments: z.array(z.string()),
    tags: z.array(z.string()),
  })
  .meta({ id: 'ExploredSession' });
export type ExploredSession = z.infer<typeof exploredSession>;

export const exploreSessions = defineOperation({
  ...exploring,
  id: 'exploreSessions',
  path,
  summary: 'Sessions as a screen lists them, newest first by their first trace, page by cursor.',
  params: exploredProject,
  query: rowPageQuery,
  responses: { 200: rowPageOf(exploredSession) },
});

export const sessionFacetFields = ['environment', 'userId', 'tags'] as const;

export const exploreSessionFacets = defineOperation({
  ...exploring,
  id: 'exploreSessionFacets',
  path: `${path}/facets`,
  summary: 'The values of one field among the sessions that are meant, most frequent first.',
  params: exploredProject,
  query: facetQueryOf(sessionFacetFields),
  responses: { 200: valueCounts },
});

export const exploreSessionHistogram = defineOperation({
  ...exploring,
  id: 'exploreSessionHistogram',
  path: `${path}/histogram`,
  summary: 'How many sessions began over time.',
  params: exploredProject,
  query: histogramQuery,
  responses: { 200: countsOverTime },
});
