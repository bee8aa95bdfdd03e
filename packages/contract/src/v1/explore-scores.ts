import { z } from 'zod';
import { defineOperation } from '../operation';
import { scoreSummary } from './explore';

/** Scores of a project, as a screen lists them. */

const params = z.object({ projectId: z.string().min(1) });
const path = '/api/v1/projects/{projectId}/scores' as const;
const exploring = { method: 'GET', scope: 'scores:read', tag: 'Explore' } as const;
const isoTime = z.iso.datetime({ offset: true });

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

const selection = z.object({
  /** By timestamp; inclusive. */
  from: isoTime.optional(),
  /** Exclusive. */
  to: isoTime.optional(),
  /** The search language (docs/search-language.md), with the fields of scores. */
  q: z.string().max(4_000).optional(),
});

export const exploreScores = defineOperation({
  ...exploring,
  id: 'exploreScores',
  path,
  summary: 'Scores as a screen lists them, newest first, page by cursor.',
  params,
  query: selection.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().optional(),
  }),
  responses: {
    200: z.object({
      data: z.array(exploredScore),
      /** Absent on the last page. */
      meta: z.object({ cursor: z.string().optional(), limit: z.number() }),
    }),
  },
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
  params,
  query: selection.extend({
    field: z.enum(scoreFacetFields),
    search: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  responses: { 200: z.object({ data: z.array(z.object({ value: z.string(), count: z.number().int() })) }) },
});

export const exploreScoreHistogram = defineOperation({
  ...exploring,
  id: 'exploreScoreHistogram',
  path: `${path}/histogram`,
  summary: 'How many scores over time.',
  params,
  query: selection.extend({ buckets: z.coerce.number().int().min(1).max(200).default(60) }),
  responses: { 200: z.object({ data: z.array(z.object({ time: isoTime, count: z.number().int() })) }) },
});
