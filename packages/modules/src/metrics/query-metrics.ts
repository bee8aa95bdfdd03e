import type {
  AnswerOf,
  MetricQueryBody,
  queryMetricsV1 as queryMetricsV1Operation,
  queryMetricsV2 as queryMetricsV2Operation,
} from '@tracewell/contract';
import { type Microseconds, metricAggregations, parseIsoTime } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { granularityFor } from '@tracewell/query/metrics/granularity';
import {
  defaultBins,
  type MetricQuery,
  type MetricView,
  metricViews,
} from '@tracewell/query/metrics/metric-query';
import { readMetrics } from '@tracewell/query/metrics/read-metrics';
import { type ProjectAccess, requireScope } from '../access/index';
import { oneOf } from './one-of';

interface Deps {
  columnar: Columnar;
}

/** Rows of an answer of the second generation that names no limit. */
const defaultRowLimit = 100;

const viewsOfSecond = metricViews.filter((view) => view !== 'traces');

/** The first generation: what an observation says of its trace is what the trace says, and all rows come. */
export async function queryMetricsV1(
  deps: Deps,
  access: ProjectAccess,
  body: MetricQueryBody,
): Promise<AnswerOf<typeof queryMetricsV1Operation>> {
  return query(deps, access, body, {
    views: metricViews,
    defaultRowLimit: null,
    manyValued: 'free',
    traceColumns: 'of-trace',
  });
}

/** The second: each row speaks for itself, and ids are grouped by within bounds only. */
export async function queryMetricsV2(
  deps: Deps,
  access: ProjectAccess,
  body: MetricQueryBody,
): Promise<AnswerOf<typeof queryMetricsV2Operation>> {
  return query(deps, access, body, {
    views: viewsOfSecond,
    defaultRowLimit,
    manyValued: 'bounded',
    traceColumns: 'of-row',
  });
}

type Rules = Pick<MetricQuery, 'defaultRowLimit' | 'manyValued' | 'traceColumns'> & {
  views: readonly MetricView[];
};

async function query(
  { columnar }: Deps,
  access: ProjectAccess,
  body: MetricQueryBody,
  { views, ...rules }: Rules,
) {
  requireScope(access, 'metrics:read');
  const from = timeOf(body.fromTimestamp);
  const to = timeOf(body.toTimestamp);
  const granularity = body.timeDimension?.granularity ?? null;
  const data = await readMetrics(columnar, {
    ...rules,
    projectId: access.projectId,
    view: oneOf('view', body.view, views),
    dimensions: body.dimensions.map(({ field }) => field),
    metrics: body.metrics.map(({ measure, aggregation }) => ({
      measure,
      aggregation: oneOf('aggregation', aggregation, metricAggregations),
    })),
    filter: body.filters,
    time: granularity === 'auto' ? granularityFor(from, to) : granularity,
    from,
    to,
    // A list without an entry asks for no order.
    order: body.orderBy?.length ? body.orderBy : null,
    rowLimit: body.config?.row_limit ?? null,
    bins: body.config?.bins ?? defaultBins,
  });
  return { data };
}

/** The contract checked the form. */
const timeOf = (text: string): Microseconds => parseIsoTime(text) ?? Date.parse(text) * 1000;
