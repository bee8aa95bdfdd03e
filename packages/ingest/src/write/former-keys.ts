import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import {
  type EntityKey,
  type Fold,
  foldEvents,
  greatest,
  keyOf,
  least,
  lookups,
  type ReceivedEvent,
} from './entities';

export interface FormerKey {
  time: Microseconds;
  traceId: string;
}

/**
 * The keys under which rows of these entities stand already. A part of the events can have been folded before,
 * by whomever, to another start time, which is part of the key; it is one that some event alone gives, so the
 * search is bounded by those and stays within a few granules. One event gives one time: nothing to look for.
 */
export async function readFormerKeys(
  columnar: Columnar,
  folds: readonly Fold[],
): Promise<Map<string, FormerKey[]>> {
  const former = new Map<string, FormerKey[]>();
  const changeable = folds.filter(({ events }) => events.length > 1);
  const times = changeable.flatMap(({ key, events }) => events.flatMap((event) => timesOf(key, event)));
  if (times.length === 0) return former;
  const range = { from: least(times), to: greatest(times) };
  for (const { projectId, entity, entityIds } of lookups(changeable.map(({ key }) => key))) {
    const within = (column: string) =>
      `${column} BETWEEN fromUnixTimestamp64Micro({from:Int64}) AND fromUnixTimestamp64Micro({to:Int64})`;
    const sql = {
      observation: `SELECT id AS entityId, trace_id AS traceId, start_time AS time FROM observations
        WHERE project_id = {projectId:String} AND id IN {entityIds:Array(String)} AND kind = 'observation'
          AND ${within('start_time')}`,
      trace: `SELECT trace_id AS entityId, trace_id AS traceId, start_time AS time FROM observations
        WHERE project_id = {projectId:String} AND trace_id IN {entityIds:Array(String)} AND kind = 'trace'
          AND ${within('start_time')}`,
      score: `SELECT id AS entityId, '' AS traceId, timestamp AS time FROM scores
        WHERE project_id = {projectId:String} AND id IN {entityIds:Array(String)} AND ${within('timestamp')}`,
    }[entity];
    const rows = await columnar.query<{ entityId: string; traceId: string; time: string }>({
      name: 'ingest.former-keys',
      sql: `SELECT DISTINCT entityId, traceId, toString(toUnixTimestamp64Micro(time)) AS time FROM (${sql})`,
      params: { projectId, entityIds, ...range },
    });
    for (const row of rows) {
      const key = keyOf({ projectId, entity, entityId: row.entityId });
      former.set(key, [...(former.get(key) ?? []), { time: Number(row.time), traceId: row.traceId }]);
    }
  }
  return former;
}

/** The time a row of this event alone has. An event that only folds beside others can give a row any time. */
function timesOf(key: EntityKey, event: ReceivedEvent): Microseconds[] {
  try {
    return [foldEvents(key, [event]).time];
  } catch {
    return [earliestTime, latestTime];
  }
}
/** What the store's times can be, in microseconds: the years 1900 to 2299. */
const earliestTime = Date.UTC(1900, 0, 1) * 1_000;
const latestTime = Date.UTC(2300, 0, 1) * 1_000 - 1;

/**
 * Whether the new row has the sorting key of the old one, which holds its time to the minute or, of a score, the
 * day. To withdraw such a row as well would be two rows of one key and version, of which either may stay.
 */
export function isReplaced(old: FormerKey, { key, time, traceId }: Fold): boolean {
  const unit = key.entity === 'score' ? dayMicroseconds : minuteMicroseconds;
  const sameTime = Math.floor(old.time / unit) === Math.floor(time / unit);
  return sameTime && (key.entity === 'score' || old.traceId === traceId);
}
const minuteMicroseconds = 60_000_000;
const dayMicroseconds = 24 * 60 * minuteMicroseconds;
