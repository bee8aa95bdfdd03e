import type {
  AnswerOf,
  exploreTraceFacets as facetsOperation,
  exploreTraceHistogram as histogramOperation,
  exploreTraces as listOperation,
  QueryOf,
} from '@tracewell/contract';
import { filterText } from '@tracewell/contract/query-params';
import { formatIsoTime } from '@tracewell/domain';
import { traceFields } from '@tracewell/domain/search/index';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { traceFacets } from '@tracewell/query/explore/trace-facets';
import { traceHistogram } from '@tracewell/query/explore/trace-histogram';
import { listTraces } from '@tracewell/query/traces/list-traces';
import type { TraceOrder, TraceOrderColumn } from '@tracewell/query/traces/trace-order';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { readTimeRange } from '../time-ranges/index';
import { readSearch } from './read-search';
import { showSummary } from './show-trace';

interface Deps {
  columnar: Columnar;
}

/** The order is part of the cursor: a place in one order means nothing in another. */
const cursorSchema = z.object({
  order: z.string(),
  value: z.union([z.string(), z.number()]),
  id: z.string(),
});

/** One page of traces with previews and totals. Throws `invalid_request` for a cursor of another order. */
export async function exploreTraces(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof listOperation>,
): Promise<AnswerOf<typeof listOperation>> {
  requireScope(access, 'traces:read');
  const { orderBy, limit } = query;
  const schema = cursorSchema.extend({ order: z.literal(orderBy) });
  const { traces, cursor } = await listTraces(columnar, {
    ...traceSelectionOf(access, query),
    order: traceOrderOf(orderBy),
    limit,
    cursor: query.cursor ? decodeCursor(schema, query.cursor) : undefined,
    fields: { scores: true },
  });
  return {
    data: traces.map(showSummary),
    meta: { limit, ...(cursor && { cursor: encodeCursor({ order: orderBy, ...cursor }) }) },
  };
}

/** The values of one field, most frequent first. */
export async function exploreTraceFacets(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof facetsOperation>,
): Promise<AnswerOf<typeof facetsOperation>> {
  requireScope(access, 'traces:read');
  const data = await traceFacets(columnar, {
    ...traceSelectionOf(access, query),
    field: query.field,
    valueSearch: query.search,
    limit: query.limit,
  });
  return { data };
}

/** Traces over time, in equal buckets. */
export async function exploreTraceHistogram(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof histogramOperation>,
): Promise<AnswerOf<typeof histogramOperation>> {
  requireScope(access, 'traces:read');
  const buckets = await traceHistogram(columnar, {
    ...traceSelectionOf(access, query),
    buckets: query.buckets,
  });
  return { data: buckets.map(({ time, ...measures }) => ({ time: formatIsoTime(time), ...measures })) };
}

/** Which traces a query of the explorer means. */
export function traceSelectionOf(
  access: Pick<ProjectAccess, 'projectId'>,
  query: {
    from?: string | undefined;
    to?: string | undefined;
    filter?: string | undefined;
    q?: string | undefined;
  },
) {
  return {
    projectId: access.projectId,
    ...readTimeRange(query.from, query.to),
    ...(query.filter && { filter: filterText.parse(query.filter, { reportInput: false }) }),
    search: readSearch(query.q, traceFields),
  };
}

export function traceOrderOf(orderBy: QueryOf<typeof listOperation>['orderBy']): TraceOrder {
  const [column, direction] = orderBy.split('.') as [TraceOrderColumn, 'asc' | 'desc'];
  return { column, direction };
}
