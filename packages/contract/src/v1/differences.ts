import { z } from 'zod';
import { defineOperation } from '../operation';
import { listTracesQuery } from './explore';

const { from, to, filter, q } = listTracesQuery.shape;

export const differentMeasures = ['latencyMs', 'totalCost', 'totalTokens', 'errorCount'] as const;

export const exploreTraceDifferences = defineOperation({
  id: 'exploreTraceDifferences',
  method: 'GET',
  path: '/api/v1/projects/{projectId}/traces/differences',
  scope: 'traces:read',
  tag: 'Explore',
  summary: 'What sets some traces of a selection apart from its others: values and measures, by effect.',
  params: z.object({ projectId: z.string().min(1) }),
  query: z.object({
    from,
    to,
    filter,
    q,
    /** The region, within the selection above: each narrows it, as the parameter without `region` does. */
    regionFrom: from,
    regionTo: to,
    regionFilter: filter,
    regionQ: q,
  }),
  responses: {
    200: z.object({
      /** Traces of the region, and traces of the selection outside it. */
      insideCount: z.int(),
      outsideCount: z.int(),
      /** The largest effect first; nothing that may well be chance. */
      fields: z.array(
        z.object({
          /** A field of the search language: `model`, `tags`, `score.tone`. */
          field: z.string(),
          effect: z.number(),
          values: z.array(
            z.object({
              value: z.string(),
              inside: z.int(),
              outside: z.int(),
              /** Of the traces, 0 to 1. */
              insideShare: z.number(),
              outsideShare: z.number(),
              /** Cohen’s h, from -π to π; positive when the region has more of it. */
              effect: z.number(),
            }),
          ),
        }),
      ),
      /** Medians; null without traces. */
      measures: z.array(
        z.object({
          measure: z.enum(differentMeasures),
          inside: z.number().nullable(),
          outside: z.number().nullable(),
        }),
      ),
    }),
  },
});
