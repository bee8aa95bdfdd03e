import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import type { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { allOf, count, type Sql, sql, text } from '../sql/sql';
import * as index from './index-columns';
import { metricRows, type TraceSelection, traceConditions } from './trace-filter';
import { type TraceCursor, type TraceOrder, traceOrdering } from './trace-order';

/** Which trace, where it stands in the order, and when its observations started. */
export interface TraceKey {
  id: string;
  timestamp: Microseconds;
  firstStart: Microseconds;
  lastStart: Microseconds;
  orderValue: string | number;
}

export interface TraceKeysRequest {
  selection: TraceSelection;
  order: TraceOrder;
  limit: number;
  offset?: number;
  after?: TraceCursor | undefined;
}

/** The traces of one page in their order; ties are broken by id, so that pages neither overlap nor leave gaps. */
export async function findTraceKeys(
  columnar: Columnar,
  scope: ProjectScope,
  request: TraceKeysRequest,
): Promise<TraceKey[]> {
  const rows = await readRows<KeyRow>(columnar, 'traces.keys', traceKeysSql(scope, request));
  return rows.map((row) => ({
    id: row.traceId,
    timestamp: toNumber(row.timestampUs),
    firstStart: toNumber(row.firstStartUs),
    lastStart: toNumber(row.lastStartUs),
    orderValue:
      typeof row.orderValue === 'string' && isNumeric(request.order)
        ? Number(row.orderValue)
        : row.orderValue,
  }));
}

export function traceKeysSql(scope: ProjectScope, request: TraceKeysRequest): Sql {
  const { selection, order, limit, offset = 0, after } = request;
  const ordering = traceOrdering(order);
  const { having, key } = traceConditions(scope, selection);
  const orderInIndex = ordering.from === 'index' ? ordering.expression : sql`0`;
  const indexed = sql`
    SELECT
      trace_id AS traceId,
      toUnixTimestamp64Micro(${index.traceTimestamp}) AS timestampUs,
      toUnixTimestamp64Micro(${index.firstStart}) AS firstStartUs,
      toUnixTimestamp64Micro(${index.lastStart}) AS lastStartUs,
      ${orderInIndex} AS orderValue
    FROM ${scope.versions('traces', { key })}
    GROUP BY trace_id
    HAVING ${allOf(having)}`;
  const source =
    ordering.from === 'index'
      ? indexed
      : sql`
    SELECT traceId, timestampUs, firstStartUs, lastStartUs, measured.orderValue AS orderValue
    FROM (${indexed}) AS indexed
    LEFT JOIN (
      SELECT trace_id AS traceId, ${ordering.expression} AS orderValue
      FROM ${metricRows(scope, selection)}
      GROUP BY trace_id
    ) AS measured USING (traceId)`;
  const place = after
    ? sql`(orderValue, traceId) ${order.direction === 'asc' ? sql`>` : sql`<`} (${ordering.parameter(after.value)}, ${text(after.id)})`
    : sql`1`;
  const direction = order.direction === 'asc' ? sql`ASC` : sql`DESC`;
  return sql`
    SELECT traceId, timestampUs, firstStartUs, lastStartUs, orderValue
    FROM (${source})
    WHERE ${place}
    ORDER BY orderValue ${direction}, traceId ${direction}
    LIMIT ${count(limit)} OFFSET ${count(offset)}`;
}

interface KeyRow {
  traceId: string;
  timestampUs: Integer;
  firstStartUs: Integer;
  lastStartUs: Integer;
  orderValue: string | number;
}

const textOrders = new Set(['id', 'name', 'userId', 'release', 'version', 'sessionId']);
const isNumeric = ({ column }: TraceOrder): boolean => !textOrders.has(column);
