import { maxHistogramBins, maxMetricRowLimit, metricAggregations } from '@tracewell/domain';
import { z } from 'zod';
import { filter } from '../filter';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { exactText, isoTime, textList } from '../query-params';

const tag = 'Metrics';

export const metricAggregation = z.enum(metricAggregations);

/** Views, measures, dimensions and aggregations are names: the verb knows which there are, and which was meant. */
export const metricQuery = z
  .object({
    view: z.string(),
    dimensions: z.array(z.object({ field: z.string() })).default([]),
    metrics: z.array(z.object({ measure: z.string(), aggregation: z.string() })).min(1),
    filters: filter.default([]),
    timeDimension: z
      .object({ granularity: z.enum(['auto', 'minute', 'hour', 'day', 'week', 'month']) })
      .nullable()
      .default(null),
    fromTimestamp: isoTime,
    toTimestamp: isoTime,
    orderBy: z
      .array(z.object({ field: z.string(), direction: z.enum(['asc', 'desc']) }))
      .max(20)
      .nullable()
      .default(null),
    config: z
      .object({
        bins: z.int().min(1).max(maxHistogramBins).optional(),
        row_limit: z.int().min(1).max(maxMetricRowLimit).optional(),
      })
      .nullish(),
  })
  .refine((query) => Date.parse(query.fromTimestamp) < Date.parse(query.toTimestamp), {
    path: ['fromTimestamp'],
    message: 'must be before toTimestamp',
  });
export type MetricQueryBody = z.output<typeof metricQuery>;

/** Characters of the JSON: room for a long filter, far from what a proxy lets through. */
const maxQueryChars = 64_000;

/** The query as one parameter: JSON, URL-encoded. Its issues are those of the object in it. */
const queryText = z
  .string()
  .max(maxQueryChars)
  .transform((text, context): MetricQueryBody => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      context.addIssue({
        code: 'custom',
        message:
          'query must be a JSON object {view, metrics, fromTimestamp, toTimestamp, …}, URL-encoded; this is no JSON',
      });
      return z.NEVER;
    }
    const query = metricQuery.safeParse(parsed);
    if (query.success) return query.data;
    for (const { path, message } of query.error.issues) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
    return z.NEVER;
  });

/** Keys are the names of dimensions, `<aggregation>_<measure>`, and `time_dimension`. */
const metricsAnswer = z.object({ data: z.array(z.record(z.string(), z.unknown())) });

export const queryMetricsV1 = defineOperation({
  id: 'queryMetricsV1',
  method: 'GET',
  path: '/api/public/metrics',
  scope: 'metrics:read',
  tag,
  deprecated: true,
  summary: 'Measures of traces, observations or scores, by dimensions and over time.',
  query: z.object({ query: queryText }),
  responses: { 200: metricsAnswer },
});

export const queryMetricsV2 = defineOperation({
  id: 'queryMetricsV2',
  method: 'GET',
  path: '/api/public/v2/metrics',
  scope: 'metrics:read',
  tag,
  summary:
    'Measures of observations or scores, by dimensions and over time; 100 rows unless asked otherwise.',
  query: z.object({ query: queryText }),
  responses: { 200: metricsAnswer },
});

const dailyModel = z.object({
  model: z.string().nullable(),
  inputUsage: z.number(),
  outputUsage: z.number(),
  totalUsage: z.number(),
  countTraces: z.int(),
  countObservations: z.int(),
  totalCost: z.number(),
});

export const listDailyMetrics = defineOperation({
  id: 'listDailyMetrics',
  method: 'GET',
  path: '/api/public/metrics/daily',
  scope: 'metrics:read',
  tag,
  deprecated: true,
  summary: 'Traces, observations, cost and usage by model of each day, the newest first.',
  query: z.object({
    ...pageQuery,
    traceName: exactText.optional(),
    userId: exactText.optional(),
    tags: textList.optional(),
    environment: textList.optional(),
    fromTimestamp: isoTime.optional(),
    toTimestamp: isoTime.optional(),
  }),
  responses: {
    200: pageOf(
      z.object({
        /** `2026-01-31`, in UTC. */
        date: z.string(),
        countTraces: z.int(),
        countObservations: z.int(),
        totalCost: z.number(),
        usage: z.array(dailyModel),
      }),
    ),
  },
});
