import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import type { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { allOf, count, type Sql, sql, text, time } from '../sql/sql';
import * as index from './index-columns';
import { findRecentStart, isFrom, recentStart, windowOf } from './recent-window';
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

/**
 * The traces of one page in their order; ties are broken by id, so that pages neither overlap nor leave gaps.
 *
 * The newest ones are looked for among recent rows first: when the traces since some time fill the page, older
 * ones cannot be on it, whatever the filter.
 */
export async function findTraceKeys(
  columnar: Columnar,
  scope: ProjectScope,
  request: TraceKeysRequest,
): Promise<TraceKey[]> {
  const window = windowOf(request);
  if (!window) return (await readKeys(columnar, scope, request)).keys;
  let recent: Recent = { rows: window.rows };
  if (window.narrowed) {
    const since = await findRecentStart(columnar, scope, window.rows);
    if (since === null || since <= (request.selection.from ?? 0)) {
      return (await readKeys(columnar, scope, request)).keys;
    }
    recent = { since };
  }
  const { keys, isAll } = await readKeys(columnar, scope, request, recent);
  if (isAll || keys.length === request.limit) return keys;
  return (await readKeys(columnar, scope, request)).keys;
}

/** Only traces of the newest rows of the index, or since a time. */
type Recent = { rows: number } | { since: Microseconds };

/** `isAll`: the window turned out to span every trace. */
async function readKeys(
  columnar: Columnar,
  scope: ProjectScope,
  request: TraceKeysRequest,
  recent?: Recent,
): Promise<{ keys: TraceKey[]; isAll: boolean }> {
  const rows = await readRows<KeyRow>(columnar, 'traces.keys', traceKeysSql(scope, request, recent));
  const keys = rows.map((row) => ({
    id: row.traceId,
    timestamp: toNumber(row.timestampUs),
    firstStart: toNumber(row.firstStartUs),
    lastStart: toNumber(row.lastStartUs),
    orderValue:
      typeof row.orderValue === 'string' && isNumeric(request.order)
        ? Number(row.orderValue)
        : row.orderValue,
  }));
  return { keys, isAll: toNumber(rows[0]?.isAll ?? 0) === 1 };
}

export function traceKeysSql(scope: ProjectScope, request: TraceKeysRequest, recent?: Recent): Sql {
  const { order, limit, offset = 0, after } = request;
  const selection =
    recent && 'since' in recent ? { ...request.selection, from: recent.since } : request.selection;
  const ordering = traceOrdering(order);
  const { having, key } = traceConditions(scope, selection);
  if (recent) key.push(isFrom(scope, sql`since`));
  if (recent && 'rows' in recent) having.push(sql`${index.traceTimestamp} >= since`);
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
    ${withSince(scope, recent)}
    SELECT traceId, timestampUs, firstStartUs, lastStartUs, orderValue, ${recent ? sql`since = ${time(0)}` : sql`1`} AS isAll
    FROM (${source})
    WHERE ${place}
    ORDER BY orderValue ${direction}, traceId ${direction}
    LIMIT ${count(limit)} OFFSET ${count(offset)}`;
}

function withSince(scope: ProjectScope, recent: Recent | undefined): Sql {
  if (!recent) return sql``;
  if ('since' in recent) return sql`WITH ${time(recent.since)} AS since`;
  return sql`WITH ifNull(${recentStart(scope, recent.rows)}, ${time(0)}) AS since`;
}

interface KeyRow {
  isAll: Integer;
  traceId: string;
  timestampUs: Integer;
  firstStartUs: Integer;
  lastStartUs: Integer;
  orderValue: string | number;
}

const textOrders = new Set(['id', 'name', 'userId', 'release', 'version', 'sessionId']);
const isNumeric = ({ column }: TraceOrder): boolean => !textOrders.has(column);
