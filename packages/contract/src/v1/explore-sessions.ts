import { z } from 'zod';
import { defineOperation } from '../operation';

/** Sessions of a project, as a screen lists them: each is the traces that name it. */

const params = z.object({ projectId: z.string().min(1) });
const path = '/api/v1/projects/{projectId}/sessions' as const;
const exploring = { method: 'GET', scope: 'traces:read', tag: 'Explore' } as const;
const isoTime = z.iso.datetime({ offset: true });

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

const selection = z.object({
  /** By the beginning of the first trace; inclusive. */
  from: isoTime.optional(),
  /** Exclusive. */
  to: isoTime.optional(),
  /** The search language (docs/search-language.md), with the fields of sessions. */
  q: z.string().max(4_000).optional(),
});

export const exploreSessions = defineOperation({
  ...exploring,
  id: 'exploreSessions',
  path,
  summary: 'Sessions as a screen lists them, newest first by their first trace, page by cursor.',
  params,
  query: selection.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().optional(),
  }),
  responses: {
    200: z.object({
      data: z.array(exploredSession),
      /** Absent on the last page. */
      meta: z.object({ cursor: z.string().optional(), limit: z.number() }),
    }),
  },
});

export const sessionFacetFields = ['environment', 'userId', 'tags'] as const;

export const exploreSessionFacets = defineOperation({
  ...exploring,
  id: 'exploreSessionFacets',
  path: `${path}/facets`,
  summary: 'The values of one field among the sessions that are meant, most frequent first.',
  params,
  query: selection.extend({
    field: z.enum(sessionFacetFields),
    search: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  responses: { 200: z.object({ data: z.array(z.object({ value: z.string(), count: z.number().int() })) }) },
});

export const exploreSessionHistogram = defineOperation({
  ...exploring,
  id: 'exploreSessionHistogram',
  path: `${path}/histogram`,
  summary: 'How many sessions began over time.',
  params,
  query: selection.extend({ buckets: z.coerce.number().int().min(1).max(200).default(60) }),
  responses: { 200: z.object({ data: z.array(z.object({ time: isoTime, count: z.number().int() })) }) },
});
