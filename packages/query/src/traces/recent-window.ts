import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import type { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, type Sql, sql } from '../sql/sql';
import type { TraceKeysRequest } from './find-trace-keys';
import type { TraceSelection } from './trace-filter';

/** Rows of the index per trace wanted: a trace may have several until they are merged. */
const rowsPerTrace = 4;
/** When only some traces are meant. */
const rowsPerNarrowedTrace = 100;
/** A page that reaches deeper is looked for among all traces at once. */
const maxWantedFromWindow = 500;

export interface Window {
  /** The newest rows of the index that it spans. */
  rows: number;
  /** Whether the selection asks other tables: then the start of the window is worth knowing beforehand. */
  narrowed: boolean;
}

/**
 * The time from which on the page is looked for first; null when recent traces say nothing of it: it goes by
 * another order, ends at a time, or goes on from a place that may be anywhere.
 */
export function windowOf({ order, after, limit, offset = 0, selection }: TraceKeysRequest): Window | null {
  const wanted = limit + offset;
  const isNewestFirst = order.column === 'timestamp' && order.direction === 'desc';
  if (!isNewestFirst || after || selection.to !== undefined || wanted > maxWantedFromWindow) return null;
  const narrowed = isNarrowed(selection);
  return { rows: wanted * (narrowed ? rowsPerNarrowedTrace : rowsPerTrace), narrowed };
}

const isNarrowed = (selection: TraceSelection): boolean =>
  [
    selection.filter,
    selection.userId,
    selection.name,
    selection.sessionId,
    selection.version,
    selection.release,
    selection.tags,
    selection.environment,
  ].some((value) => value !== undefined && value.length > 0) || Boolean(selection.search);

/** When the newest `rows` rows of the index begin, as a scalar of the store; NULL when there are no more than those. */
export const recentStart = (scope: ProjectScope, rows: number): Sql =>
  sql`(SELECT first_start FROM ${scope.versions('traces')} ORDER BY first_start DESC LIMIT 1 OFFSET ${count(rows)})`;

/** The same, as a number. */
export async function findRecentStart(
  columnar: Columnar,
  scope: ProjectScope,
  rows: number,
): Promise<Microseconds | null> {
  const [row] = await readRows<{ start: Integer | null }>(
    columnar,
    'traces.recent',
    sql`SELECT toUnixTimestamp64Micro(${recentStart(scope, rows)}) AS start`,
  );
  return row?.start ? toNumber(row.start) : null;
}

/**
 * Holds for every trace whose time is `since` or later, and for some others, by single rows of the index: the
 * time of a trace is that of its record, or the first start of all its rows. What a trace is, all of its rows
 * must say; this only names the traces to ask.
 */
export const isFrom = (scope: ProjectScope, since: Sql): Sql =>
  sql`trace_id IN (SELECT trace_id FROM ${scope.versions('traces', {
    where: [sql`first_start >= ${since} OR record.timestamp >= ${since}`],
  })})`;
