import { InvalidQuery } from '../invalid-query';
import { float, int, type Sql, sql, text } from '../sql/sql';
import * as index from './index-columns';
import * as metrics from './metric-columns';

export type TraceOrderColumn =
  | 'timestamp'
  | 'id'
  | 'name'
  | 'userId'
  | 'release'
  | 'version'
  | 'public'
  | 'bookmarked'
  | 'sessionId'
  | 'latency'
  | 'totalCost'
  | 'totalTokens'
  | 'errorCount';

export interface TraceOrder {
  column: TraceOrderColumn;
  direction: 'asc' | 'desc';
}

/** After the trace with this value of the order's column and this id. Opaque to clients. */
export interface TraceCursor {
  value: string | number;
  id: string;
}

interface Ordering {
  /** Over rows of the index, or over the trace's observations. */
  from: 'index' | 'observations';
  expression: Sql;
  parameter: (value: string | number) => Sql;
}

const asText = (value: string | number): Sql => sql`${text(String(value))}`;
const asInteger = (value: string | number): Sql => sql`${int(Number(value))}`;
const asFloat = (value: string | number): Sql => sql`${float(Number(value))}`;
const ofIndex = (expression: Sql, parameter = asText): Ordering => ({ from: 'index', expression, parameter });
const ofMetric = (expression: Sql, parameter = asInteger): Ordering => ({
  from: 'observations',
  expression,
  parameter,
});

const orderings: Record<TraceOrderColumn, Ordering> = {
  timestamp: ofIndex(sql`toUnixTimestamp64Micro(${index.traceTimestamp})`, asInteger),
  id: ofIndex(sql`trace_id`),
  name: ofIndex(index.traceName),
  userId: ofIndex(index.traceUserId),
  release: ofIndex(index.traceRelease),
  version: ofIndex(index.traceVersion),
  public: ofIndex(sql`toInt64(${index.tracePublic})`, asInteger),
  bookmarked: ofIndex(sql`toInt64(0)`, asInteger),
  sessionId: ofIndex(index.traceSessionId),
  latency: ofMetric(sql`toInt64(${metrics.latencyUs})`),
  totalCost: ofMetric(metrics.totalCost, asFloat),
  totalTokens: ofMetric(sql`toInt64(${metrics.totalTokens})`),
  errorCount: ofMetric(sql`toInt64(${metrics.errorCount})`),
};

/** Throws `InvalidQuery` for a column traces are not ordered by. */
export function traceOrdering(order: TraceOrder): Ordering {
  if (Object.hasOwn(orderings, order.column)) return orderings[order.column];
  throw new InvalidQuery(
    `Traces are not ordered by "${order.column}". Order by one of ${Object.keys(orderings).join(', ')}.`,
  );
}
