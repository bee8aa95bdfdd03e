import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { allOf, count, type Sql, sql, text, time } from '../sql/sql';
import { fillFromTraces } from './fill-from-traces';
import {
  type ObservationGroup,
  type ObservationRow,
  selectFields,
  toObservationRow,
} from './observation-fields';
import {
  type ObservationConditions,
  type ObservationSelection,
  observationConditions,
} from './observation-selection';

/** The largest page, the one of the wire. */
export const maxObservationsOfPage = 1_000;

/** After this observation, in the order newest first. */
export interface ObservationCursor {
  startTime: Microseconds;
  traceId: string;
  id: string;
}

export interface ListObservations<Group extends ObservationGroup> extends ObservationSelection {
  projectId: string;
  limit: number;
  /** Pages by position, or after a cursor; not both. */
  offset?: number;
  cursor?: ObservationCursor | undefined;
  /** What is read beside `core`. */
  groups: readonly Group[];
}

export interface ObservationPage<Group extends ObservationGroup> {
  observations: ObservationRow<Group>[];
  cursor: ObservationCursor | null;
}

/**
 * One page, newest first; ties by the hash of the trace's id, then by id. Three steps in one statement, each
 * narrower and wider than the one before: in which minute the page ends (the sorting key alone, read backwards),
 * which rows it holds (columns of the filter, from that minute on), what they are (all columns, these rows only).
 */
export async function listObservations<Group extends ObservationGroup>(
  columnar: Columnar,
  request: ListObservations<Group>,
): Promise<ObservationPage<Group>> {
  const scope = new ProjectScope(request.projectId);
  const limit = Math.min(request.limit, maxObservationsOfPage);
  if (limit === 0) return { observations: [], cursor: null };
  const page: Page = {
    conditions: pageConditions(scope, request),
    limit: limit + 1,
    offset: request.offset ?? 0,
    filtered: isFiltered(request),
  };
  const read = (bounded: boolean) =>
    readRows<Record<string, unknown>>(
      columnar,
      'observations.list',
      listObservationsSql(scope, page, request.groups, bounded),
    );
  let rows = await read(true);
  // The minute was found by counting versions. Where some of those are no row (or there are no more rows), the
  // page is short: once more without the bound, unless the bound bounded nothing.
  if (rows.length < page.limit && (rows.length === 0 || Number(rows[0]!.lowerMinute) > 0))
    rows = await read(false);
  const found = rows.slice(0, limit).map((row) => toObservationRow<Group>(request.groups, row));
  await fillFromTraces(columnar, scope, request.groups, found as unknown as ObservationRow<never>[]);
  const last = found.at(-1) as unknown as ObservationRow<never> | undefined;
  return {
    observations: found,
    cursor:
      rows.length > limit && last ? { startTime: last.startTime, traceId: last.traceId, id: last.id } : null,
  };
}

interface Page {
  conditions: ObservationConditions;
  limit: number;
  offset: number;
  filtered: boolean;
}

function pageConditions(
  scope: ProjectScope,
  request: ObservationSelection & { cursor?: ObservationCursor | undefined },
): ObservationConditions {
  const { key, where } = observationConditions(scope, request);
  const { cursor } = request;
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

const isFiltered = (request: ObservationSelection): boolean =>
  Object.entries(request).some(([name, value]) => value !== undefined && !unfiltering.has(name)) ||
  (request.filter?.length ?? 0) > 0;
const unfiltering = new Set([
  'projectId',
  'limit',
  'offset',
  'cursor',
  'groups',
  'from',
  'to',
  'traceColumns',
  'filter',
]);

const newestFirst = sql`start_time DESC, xxHash32(trace_id) DESC, id DESC`;
const rowKey = sql`(toStartOfMinute(start_time), trace_id, id)`;

function listObservationsSql(
  scope: ProjectScope,
  { conditions: { key, where }, limit, offset, filtered }: Page,
  groups: readonly ObservationGroup[],
  bounded: boolean,
): Sql {
  const alive = [...where, sql`is_deleted = 0`];
  const lowerMinute = bounded
    ? sql`(SELECT toUInt32(min(minute)) FROM (
        SELECT toStartOfMinute(start_time) AS minute
        FROM ${scope.versions('observations', { key, where: alive })}
        ORDER BY toStartOfMinute(start_time) DESC
        LIMIT 1 OFFSET ${count(offset + limit - 1)}))`
    : sql`(SELECT toUInt32(0))`;
  const fromMinute = [...key, sql`toStartOfMinute(start_time) >= toDateTime(${lowerMinute}, 'UTC')`];
  // With a filter most rows from that minute on are not meant: those that may be are found first, with all that
  // helps to skip (skip indexes, reading filter columns before others), and only they are merged.
  const candidates = filtered
    ? [
        ...fromMinute,
        sql`${rowKey} IN (SELECT ${rowKey} FROM ${scope.versions('observations', { key: fromMinute, where: alive })})`,
      ]
    : fromMinute;
  const keys = sql`
    SELECT ${rowKey} FROM ${scope.current('observations', { key: candidates, where })}
    ORDER BY ${newestFirst} LIMIT ${count(limit)} OFFSET ${count(offset)}`;
  return sql`
    SELECT ${lowerMinute} AS lowerMinute, ${selectFields(groups)}
    FROM ${scope.current('observations', { key: [...fromMinute, sql`${rowKey} IN (${keys})`] })}
    ORDER BY ${newestFirst}`;
}

export interface CountObservations extends ObservationSelection {
  projectId: string;
}

export async function countObservations(columnar: Columnar, request: CountObservations): Promise<number> {
  const scope = new ProjectScope(request.projectId);
  const { key, where } = observationConditions(scope, request);
  const [row] = await readRows<{ total: Integer }>(
    columnar,
    'observations.count',
    sql`SELECT count() AS total FROM ${scope.current('observations', { key, where: [allOf(where)] })}`,
  );
  return toNumber(row!.total);
}
