import type { Columnar } from '@tracewell/engines/columnar/port';
import { ProjectScope } from '../sql/project-scope';
import { findTraceKeys, type TraceKey } from './find-trace-keys';
import { summariseTraces } from './summarise-traces';
import type { TraceSelection } from './trace-filter';
import type { TraceCursor, TraceOrder } from './trace-order';
import type { TraceFields, TraceSummary } from './trace-summary';

/** The largest page; what it holds is buffered. */
export const maxTracesOfPage = 1_000;

export interface ListTraces extends TraceSelection {
  projectId: string;
  /** Default: newest first. */
  order?: TraceOrder;
  limit: number;
  /** Pages by position, or after a cursor; not both. */
  offset?: number;
  cursor?: TraceCursor | undefined;
  fields?: TraceFields;
}

export interface TracePage {
  traces: TraceSummary[];
  /** Of the next page; null on the last. */
  cursor: TraceCursor | null;
}

/**
 * One page of traces: which they are from the index, then what they are from their own observations only.
 * Throws `InvalidQuery` for a filter or order that cannot be.
 */
export async function listTraces(columnar: Columnar, request: ListTraces): Promise<TracePage> {
  const scope = new ProjectScope(request.projectId);
  const limit = Math.min(request.limit, maxTracesOfPage);
  const found = await findTraceKeys(columnar, scope, {
    selection: request,
    order: request.order ?? { column: 'timestamp', direction: 'desc' },
    limit: limit + 1,
    offset: request.offset ?? 0,
    after: request.cursor,
  });
  const page = found.slice(0, limit);
  const summaries = await summariseTraces(columnar, scope, boundsOf(page), request.fields ?? {});
  const last = page.at(-1);
  return {
    traces: page.flatMap(({ id }) => summaries.get(id) ?? []),
    cursor: found.length > limit && last ? { value: last.orderValue, id: last.id } : null,
  };
}

export const boundsOf = (keys: readonly TraceKey[]) => ({
  ids: keys.map(({ id }) => id),
  firstStart: Math.min(...keys.map(({ firstStart }) => firstStart)),
  lastStart: Math.max(...keys.map(({ lastStart }) => lastStart)),
});
