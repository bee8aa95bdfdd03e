import { z } from 'zod';
import { defineOperation } from '../operation';
import { scoreSummary } from './explore';
import {
  countsOverTime,
  exploredProject,
  facetQueryOf,
  histogramQuery,
  rowPageOf,
  rowPageQuery,
  valueCounts,
} from './explored-rows';

/** Scores of a project, as a screen lists them. */

const path = '/api/v1/projects/{projectId}/scores' as const;
const exploring = { method: 'GET', scope: 'scores:read', tag: 'Explore' } as const;

export const exploredScore = scoreSummary
  .extend({
    traceId: z.string().nullable(),
    /** Of a score of a whole session. */
    sessionId: z.string().nullable(),
    datasetRunId: z.string().nullable(),
    environment: z.string(),
    /** The user who gave it by hand. */
    authorUserId: z.string().nullable(),
    /** User of the trace it judges; null without a trace. */
    userId: z.string().nullable(),
  })
  .meta({ id: 'ExploredScore' });
export type ExploredScore = z.infer<typeof exploredScore>;

export const exploreScores = defineOperation({
  ...exploring,
  id: 'exploreScores',
  path,
  summary: 'Scores as a screen lists them, newest first, page by cursor.',
  params: exploredProject,
  query: rowPageQuery,
  responses: { 200: rowPageOf(exploredScore) },
});

export const scoreFacetFields = [
  'name',
  'source',
  'dataType',
  'category',
  'environment',
  'author',
  'metadataKey',
] as const;

export const exploreScoreFacets = defineOperation({
  ...exploring,
  id: 'exploreScoreFacets',
  path: `${path}/facets`,
  summary: 'The values of one field among the scores that are meant, most frequent first.',
  params: exploredProject,
  query: facetQueryOf(scoreFacetFields),
  responses: { 200: valueCounts },
});

export const exploreScoreHistogram = defineOperation({
  ...exploring,
  id: 'exploreScoreHistogram',
  path: `${path}/histogram`,
  summary: 'How many scores over time.',
  params: exploredProject,
  query: histogramQuery,
  responses: { 200: countsOverTime },
});
