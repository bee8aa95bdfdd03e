import type { Columnar } from '@tracewell/engines/columnar/port';
import { countRows } from '../sql/count-rows';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { sql } from '../sql/sql';
import { fillFromTraces } from './fill-from-traces';
import {
  afterCursor,
  findCandidates,
  findKeysByPosition,
  keysWithin,
  type ObservationCursor,
} from './find-observation-keys';
import {
  type ObservationGroup,
  type ObservationRow,
  selectFields,
  toObservationRow,
} from './observation-fields';
import { isFiltered, type ObservationSelection, observationConditions } from './observation-selection';

/** The largest page, the one of the wire. */
export const maxObservationsOfPage = 1_000;
/** How often candidates are looked for before a page is given short, with a cursor to go on from. */
export const maxCandidateRounds = 12;
/** Candidates of one round. */
const maxCandidates = 4_000;

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
  /** null on the last page. */
  cursor: ObservationCursor | null;
}

/**
 * One page, newest first; ties by the hash of the trace's id, then by id. First which rows those are, by narrow
 * columns; then what they are, all columns of these rows only.
 */
export async function listObservations<Group extends ObservationGroup>(
  columnar: Columnar,
  request: ListObservations<Group>,
): Promise<ObservationPage<Group>> {
  const scope = new ProjectScope(request.projectId);
  const limit = Math.min(request.limit, maxObservationsOfPage);
  if (limit === 0) return { observations: [], cursor: null };
  const page =
    (request.offset ?? 0) > 0
      ? await readByPosition(columnar, scope, request, limit)
      : await readAfterCursor(columnar, scope, request, limit);
  await fillFromTraces(columnar, scope, request.groups, page.observations as unknown as Core[]);
  return page;
}

type Core = ObservationRow<never>;

async function readByPosition<Group extends ObservationGroup>(
  columnar: Columnar,
  scope: ProjectScope,
  request: ListObservations<Group>,
  limit: number,
): Promise<ObservationPage<Group>> {
  const keys = await findKeysByPosition(columnar, scope, observationConditions(scope, request), {
    limit: limit + 1,
    offset: request.offset ?? 0,
  });
  const observations = await readMeant(columnar, scope, request, keys.slice(0, limit));
  return { observations, cursor: keys.length > limit ? keys[limit - 1]! : null };
}

/**
 * Candidates are read until the page is full: one whose newest version is not meant, or is withdrawn, falls out
 * when it is read.
 */
async function readAfterCursor<Group extends ObservationGroup>(
  columnar: Columnar,
  scope: ProjectScope,
  request: ListObservations<Group>,
  limit: number,
): Promise<ObservationPage<Group>> {
  const conditions = observationConditions(scope, request);
  const filtered = isFiltered(request);
  const found: ObservationRow<Group>[] = [];
  let after = request.cursor;
  let wanted = limit + 1;
  for (let round = 0; round < maxCandidateRounds; round++) {
    const candidates = await findCandidates(columnar, scope, afterCursor(conditions, after), {
      limit: wanted,
      filtered,
    });
    found.push(...(await readMeant(columnar, scope, request, candidates.keys)));
    after = candidates.keys.at(-1) ?? after;
    if (found.length > limit)
      return { observations: found.slice(0, limit), cursor: cursorOf(found[limit - 1]!) };
    if (candidates.exhausted || candidates.keys.length === 0) return { observations: found, cursor: null };
    wanted = Math.min(wanted * 2, maxCandidates);
  }
  return { observations: found, cursor: after ?? null };
}

const cursorOf = (row: unknown): ObservationCursor => {
  const { startTime, traceId, id } = row as Core;
  return { startTime, traceId, id };
};

/** Of rows with these keys those that are meant by their newest version, in the order of the keys. */
async function readMeant<Group extends ObservationGroup>(
  columnar: Columnar,
  scope: ProjectScope,
  request: ListObservations<Group>,
  keys: readonly ObservationCursor[],
): Promise<ObservationRow<Group>[]> {
  if (keys.length === 0) return [];
  const { where } = observationConditions(scope, request);
  const rows = await readRows<Record<string, unknown>>(
    columnar,
    'observations.rows',
    sql`
      SELECT ${selectFields(request.groups)}
      FROM ${scope.current('observations', { key: keysWithin(keys), where })}`,
  );
  const byKey = new Map<string, ObservationRow<Group>>();
  for (const row of rows) {
    const observation = toObservationRow<Group>(request.groups, row);
    byKey.set(nameOf(cursorOf(observation)), observation);
  }
  return keys.flatMap((key) => byKey.get(nameOf(key)) ?? []);
}

const nameOf = ({ startTime, traceId, id }: ObservationCursor): string =>
  JSON.stringify([startTime, traceId, id]);

export interface CountObservations extends ObservationSelection {
  projectId: string;
}

export async function countObservations(columnar: Columnar, request: CountObservations): Promise<number> {
  const scope = new ProjectScope(request.projectId);
  return countRows(
    columnar,
    'observations.count',
    sql`SELECT count() AS total FROM ${scope.current('observations', observationConditions(scope, request))}`,
  );
}
