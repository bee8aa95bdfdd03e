import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import type { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, type Sql, sql, text, textList, time } from '../sql/sql';
import type { ObservationConditions } from './observation-selection';
import { recallRecentStart, rememberRecentStart } from './recent-start';

/** A place in the order newest first; ties by the hash of the trace's id, then by id. */
export interface ObservationCursor {
  startTime: Microseconds;
  traceId: string;
  id: string;
}

export const newestFirst = sql`start_time DESC, xxHash32(trace_id) DESC, id DESC`;
/** The same order, as the sorting key can be read backwards: no more is read than the page takes. */
const newestFirstByKey = sql`toStartOfMinute(start_time) DESC, ${newestFirst}`;
const keyFields = sql`toUnixTimestamp64Micro(start_time) AS startTime, trace_id AS traceId, id AS observationId`;

export function afterCursor(
  { key, where }: ObservationConditions,
  cursor: ObservationCursor | undefined,
): ObservationConditions {
  if (!cursor) return { key, where };
  const start = time(cursor.startTime);
  return {
    key: [...key, sql`toStartOfMinute(start_time) <= toStartOfMinute(${start})`],
    where: [
      ...where,
      sql`(start_time, xxHash32(trace_id), id) < (${start}, xxHash32(${text(cursor.traceId)}), ${text(cursor.id)})`,
    ],
  };
}

export interface Candidates {
  keys: ObservationCursor[];
  /** There is none after the last of them. */
  exhausted: boolean;
}

/** Rows read per key: a second version of some is no reason to look again. */
const versionsPerKey = 2;

/**
 * The newest rows that may be meant, in order: some version of them is. What the newest version says is for the
 * reader of the rows to see; looking at every version keeps skip indexes and reading in order at work. Versions
 * are told apart here and not by LIMIT BY, before which the store would sort all of a busy minute.
 *
 * Without a filter only from the minute on in which the page ends is sorted: the sorting key alone tells which one
 * it is, and for the newest of all, the page before this one did.
 */
export async function findCandidates(
  columnar: Columnar,
  scope: ProjectScope,
  conditions: ObservationConditions,
  options: { limit: number; filtered: boolean },
): Promise<Candidates> {
  const { limit, filtered } = options;
  const newestOfAll = !filtered && conditions.key.length === 0;
  const recalled = newestOfAll ? recallRecentStart(columnar, scope.projectId, limit) : undefined;
  const remember = (keys: readonly ObservationCursor[]) => {
    const last = keys[limit - 1];
    if (newestOfAll && last) {
      rememberRecentStart(columnar, scope.projectId, { start: last.startTime, rows: limit });
    }
  };
  if (recalled !== undefined) {
    const since = { ...conditions, where: [...conditions.where, sql`start_time >= ${time(recalled)}`] };
    const minute = sql`toStartOfMinute(${time(recalled)})`;
    const { keys } = await readCandidates(columnar, scope, since, limit, newestFirst, minute);
    if (keys.length >= limit) {
      remember(keys);
      return { keys: keys.slice(0, limit), exhausted: false };
    }
  }
  const { keys, rows, isBounded } = filtered
    ? await readCandidates(columnar, scope, conditions, limit, newestFirstByKey)
    : await readCandidates(
        columnar,
        scope,
        conditions,
        limit,
        newestFirst,
        whereItEnds(scope, conditions, limit),
      );
  remember(keys);
  return {
    keys: keys.slice(0, limit),
    exhausted: keys.length <= limit && rows < limit * versionsPerKey && !isBounded,
  };
}

/** The minute of the row that ends a page, as a scalar of the store; the epoch when there are not as many. */
const whereItEnds = (scope: ProjectScope, { key, where }: ObservationConditions, limit: number): Sql => sql`
  (SELECT min(minute) FROM (
    SELECT toStartOfMinute(start_time) AS minute
    FROM ${scope.versions('observations', { key, where: [...where, isLive] })}
    ORDER BY toStartOfMinute(start_time) DESC
    LIMIT 1 OFFSET ${count(limit - 1)}))`;

const isLive = sql`is_deleted = 0`;

async function readCandidates(
  columnar: Columnar,
  scope: ProjectScope,
  { key, where }: ObservationConditions,
  limit: number,
  order: Sql,
  from: Sql = sql`toDateTime(0, 'UTC')`,
): Promise<{ keys: ObservationCursor[]; rows: number; isBounded: boolean }> {
  const rows = await readRows<KeyRow & { lowerMinute: Integer }>(
    columnar,
    'observations.candidates',
    sql`
      WITH toUnixTimestamp(${from}) AS lowerMinute
      SELECT lowerMinute, ${keyFields}
      FROM ${scope.versions('observations', {
        key: [...key, sql`toStartOfMinute(start_time) >= toDateTime(lowerMinute, 'UTC')`],
        where: [...where, isLive],
      })}
      ORDER BY ${order}
      LIMIT ${count(limit * versionsPerKey)}`,
  );
  return {
    keys: rows.map(toKey).filter((key, at, all) => at === 0 || !isSameKey(key, all[at - 1]!)),
    rows: rows.length,
    isBounded: rows.length > 0 && toNumber(rows[0]!.lowerMinute) > 0,
  };
}

const isSameKey = (a: ObservationCursor, b: ObservationCursor): boolean =>
  a.startTime === b.startTime && a.traceId === b.traceId && a.id === b.id;

/** Exactly the rows of a page by position: every row before it has to be merged to be counted. */
export async function findKeysByPosition(
  columnar: Columnar,
  scope: ProjectScope,
  { key, where }: ObservationConditions,
  options: { limit: number; offset: number },
): Promise<ObservationCursor[]> {
  const rows = await readRows<KeyRow>(
    columnar,
    'observations.keys',
    sql`
      SELECT ${keyFields}
      FROM ${scope.current('observations', { key, where })}
      ORDER BY ${newestFirst}
      LIMIT ${count(options.limit)} OFFSET ${count(options.offset)}`,
  );
  return rows.map(toKey);
}

interface KeyRow {
  startTime: Integer;
  traceId: string;
  observationId: string;
}

const toKey = (row: KeyRow): ObservationCursor => ({
  startTime: toNumber(row.startTime),
  traceId: row.traceId,
  id: row.observationId,
});

/** Rows with these keys, by the columns of the sorting key; possibly a few more. */
export function keysWithin(keys: readonly ObservationCursor[]): Sql[] {
  const starts = keys.map(({ startTime }) => startTime);
  return [
    sql`toStartOfMinute(start_time) >= toStartOfMinute(${time(Math.min(...starts))})`,
    sql`toStartOfMinute(start_time) <= toStartOfMinute(${time(Math.max(...starts))})`,
    sql`trace_id IN ${textList([...new Set(keys.map(({ traceId }) => traceId))])}`,
    sql`id IN ${textList([...new Set(keys.map(({ id }) => id))])}`,
  ];
}
