import { createHash } from 'node:crypto';
import type { EnrichedObservation, Microseconds, Observation, Provenance } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { StoredEvent } from '../decode/json-batch';
import { failpoint } from '../failpoint';
import { type FoldedEntity, foldEntity } from '../fold';
import { configureScores, type ScoreConfigsOf } from './configure-scores';
import type { Deletions } from './deletions';
import type { Inserter } from './inserter';
import { observationRow, type RowVersion, traceRecordRow, withdrawnObservationRow } from './observation-row';
import { ingestionEventsTable } from './rows/ingestion-events';
import { observationsTable } from './rows/observations';
import { scoresTable } from './rows/scores';
import { scoreRow, withdrawnScoreRow } from './score-row';

/**
 * Brings the row of each entity that events of the JSON batch API speak of up to date.
 *
 *   store the events → count what the store knows of each entity → read back what this process has not in hand
 *   → fold → write rows → count again
 *
 * A row is a pure function of the set of its entity's events, and its version is the size of that set. Whoever
 * writes last but knew less loses to whoever knew more; whoever finds, after writing, that more events came
 * meanwhile folds again. So the last writer always knew everything, with any number of workers and no lock.
 */

export interface ReceivedEvent extends StoredEvent {
  projectId: string;
  apiKey: string;
  sdkName: string;
  sdkVersion: string;
  receivedAt: Microseconds;
  batchKey: string;
}

export interface ConvergeOptions {
  columnar: Columnar;
  inserter: Inserter;
  enrich: (observation: Observation, projectId: string) => EnrichedObservation;
  /** Without it scores stay as given. */
  scoreConfigsOf?: ScoreConfigsOf | undefined;
}

export interface Converged {
  /** Why an event cannot be shown, by its position in the events handed in. */
  refused: Map<number, string>;
  /** Positions of events of what was deleted after they were received. */
  suppressed: Set<number>;
  /** Traces that rows were written of. */
  traces: { projectId: string; traceId: string }[];
}

/** An entity that grows faster than it is folded is left to the next try of its job. */
const maxRounds = 10;
/** Ids in one lookup. */
const maxLookupIds = 2_000;

type Entity = StoredEvent['entity'];
interface EntityKey {
  projectId: string;
  entity: Entity;
  entityId: string;
}
const keyOf = (e: EntityKey) => `${e.entity}\n${e.projectId}\n${e.entityId}`;
const identityOf = (e: StoredEvent) => `${e.eventId}\n${e.bodyHash}`;

export async function converge(
  options: ConvergeOptions,
  events: readonly ReceivedEvent[],
  deletions: Deletions,
): Promise<Converged> {
  const { columnar, inserter } = options;
  const refused = await inserter.insert({
    table: ingestionEventsTable,
    origin: `events:${hashOf(events.map((event) => `${keyOf(event)}\n${identityOf(event)}`))}`,
    rows: events.map(eventRow),
  });
  await failpoint('worker.after_events_insert');

  const known: Known = new Map();
  events.forEach((event, position) => {
    if (!refused.has(position)) remember(known, event);
  });

  const outcome: Converged = { refused, suppressed: new Set(), traces: [] };
  const failed = new Map<string, string>();
  const gone = new Set<string>();
  let pending = [...known.values()].map(({ key }) => key);
  for (let round = 0; pending.length > 0 && round < maxRounds; round++) {
    const counts = await countEvents(columnar, pending);
    const incomplete = pending.filter(
      (key) => (counts.get(keyOf(key)) ?? 0) > known.get(keyOf(key))!.events.size,
    );
    for (const event of await readEvents(columnar, incomplete)) remember(known, event);
    await failpoint('worker.after_fold');
    const folds: Fold[] = [];
    for (const key of pending) {
      try {
        const fold = foldKnown(known.get(keyOf(key))!, deletions);
        if (fold) folds.push(fold);
        else gone.add(keyOf(key));
      } catch (error) {
        failed.set(keyOf(key), `not foldable: ${String(error)}`);
      }
    }
    for (const [key, reason] of await writeRows(options, folds)) failed.set(key, reason);
    for (const { key, traceId } of folds)
      if (traceId !== '') outcome.traces.push({ projectId: key.projectId, traceId });

    const after = await countEvents(columnar, pending);
    pending = pending.filter((key) => (after.get(keyOf(key)) ?? 0) > known.get(keyOf(key))!.events.size);
  }
  if (pending.length > 0) {
    // The rows are behind their events: the job must come back, not be acknowledged.
    throw new Error(`${pending.length} entities still receive events after ${maxRounds} rounds of folding`);
  }
  events.forEach((event, position) => {
    const reason = failed.get(keyOf(event));
    if (reason !== undefined) outcome.refused.set(position, reason);
    else if (gone.has(keyOf(event)) && !refused.has(position)) outcome.suppressed.add(position);
  });
  return outcome;
}

interface KnownEntity {
  key: EntityKey;
  events: Map<string, ReceivedEvent>;
}
type Known = Map<string, KnownEntity>;

function remember(known: Known, event: ReceivedEvent) {
  const key = keyOf(event);
  let entry = known.get(key);
  if (!entry) {
    entry = {
      key: { projectId: event.projectId, entity: event.entity, entityId: event.entityId },
      events: new Map(),
    };
    known.set(key, entry);
  }
  const identity = identityOf(event);
  // The same event received twice counts as received when it first was, in whatever order the two are seen.
  const earlier = entry.events.get(identity);
  if (!earlier || event.receivedAt < earlier.receivedAt) entry.events.set(identity, event);
}

interface Fold {
  key: EntityKey;
  events: ReceivedEvent[];
  folded: FoldedEntity;
  /** '' for a score of something else than a trace. */
  traceId: string;
  /** What the row is sorted by. */
  time: Microseconds;
}

/** null when all of it was deleted after it was received. */
function foldKnown({ key, events }: KnownEntity, deletions: Deletions): Fold | null {
  const fold = foldEvents(key, [...events.values()]);
  const isDeleted = (receivedAt: Microseconds) =>
    deletions.cover(key.projectId, 'trace', fold.traceId, receivedAt) ||
    (key.entity === 'score' && deletions.cover(key.projectId, 'score', key.entityId, receivedAt));
  if (!fold.events.some(({ receivedAt }) => isDeleted(receivedAt))) return fold;
  const kept = fold.events.filter(({ receivedAt }) => !isDeleted(receivedAt));
  return kept.length > 0 ? foldEvents(key, kept) : null;
}

function foldEvents(key: EntityKey, events: ReceivedEvent[]): Fold {
  const folded = foldEntity(key.entity, key.entityId, events);
  switch (folded.kind) {
    case 'observation':
      return { key, events, folded, traceId: folded.observation.traceId, time: folded.observation.startTime };
    case 'trace':
      return { key, events, folded, traceId: key.entityId, time: folded.trace.timestamp };
    case 'score':
      return { key, events, folded, traceId: folded.score.traceId, time: folded.score.timestamp };
  }
}

interface Row {
  key: string;
  row: Uint8Array;
}

/** Returns why the store refuses the row of an entity, by its key. */
async function writeRows(options: ConvergeOptions, given: readonly Fold[]): Promise<Map<string, string>> {
  const { columnar, inserter, enrich } = options;
  const folds = await configureScores(options.scoreConfigsOf, given);
  const observations: Row[] = [];
  const scores: Row[] = [];
  const former = await readFormerKeys(columnar, folds);

  const failed = new Map<string, string>();
  for (const fold of folds) {
    const { key, events, folded } = fold;
    const version = versionOf(events);
    let row: Uint8Array;
    try {
      row = rowOf(fold, version, enrich);
    } catch (error) {
      failed.set(keyOf(key), `no row can be made of it: ${String(error)}`);
      continue;
    }
    for (const old of former.get(keyOf(key)) ?? []) {
      if (!isReplaced(old, fold)) withdraw(key, old, version.rowVersion);
    }
    (folded.kind === 'score' ? scores : observations).push({ key: keyOf(key), row });
  }

  const origin = `fold:${hashOf(folds.flatMap(({ key, events }) => events.map((event) => keyOf(key) + identityOf(event))))}`;
  for (const [table, rows] of [
    [observationsTable, observations],
    [scoresTable, scores],
  ] as const) {
    const refused = await inserter.insert({ table, origin, rows: rows.map(({ row }) => row) });
    for (const [position, reason] of refused) failed.set(rows[position]!.key, reason);
  }
  return failed;

  function withdraw(key: EntityKey, old: FormerKey, rowVersion: number) {
    const { projectId, entity, entityId } = key;
    if (entity === 'score') {
      const row = withdrawnScoreRow({ projectId, id: entityId, timestamp: old.time }, rowVersion);
      scores.push({ key: keyOf(key), row });
      return;
    }
    const id = entity === 'observation' ? entityId : '';
    const place = { projectId, traceId: old.traceId, id, startTime: old.time, kind: entity };
    observations.push({ key: keyOf(key), row: withdrawnObservationRow(place, rowVersion) });
  }
}

/**
 * Whether the new row has the sorting key of the old one, which holds its time to the minute or, of a score, the
 * day. To withdraw such a row as well would be two rows of one key and version, of which either may stay.
 */
function isReplaced(old: FormerKey, { key, time, traceId }: Fold): boolean {
  const unit = key.entity === 'score' ? dayMicroseconds : minuteMicroseconds;
  const sameTime = Math.floor(old.time / unit) === Math.floor(time / unit);
  return sameTime && (key.entity === 'score' || old.traceId === traceId);
}
const minuteMicroseconds = 60_000_000;
const dayMicroseconds = 24 * 60 * minuteMicroseconds;

function rowOf(
  { key, events, folded }: Fold,
  version: RowVersion,
  enrich: ConvergeOptions['enrich'],
): Uint8Array {
  const provenance = provenanceOf(key, events);
  switch (folded.kind) {
    case 'observation':
      return observationRow(enrich(folded.observation, key.projectId), provenance, version);
    case 'trace':
      return traceRecordRow(folded.trace, provenance, version);
    case 'score':
      return scoreRow(folded.score, provenance, version);
  }
}

function versionOf(events: readonly ReceivedEvent[]): RowVersion {
  const times = events.map(({ receivedAt }) => receivedAt);
  return {
    rowVersion: events.length,
    createdAt: least(times),
    updatedAt: greatest(times),
  };
}

function provenanceOf({ projectId }: EntityKey, events: readonly ReceivedEvent[]): Provenance {
  const latest = events.reduce((a, b) => (b.receivedAt > a.receivedAt ? b : a));
  return {
    projectId,
    source: 'ingestion-api',
    ingestionApiKey: latest.apiKey,
    ingestionSdkName: latest.sdkName,
    ingestionSdkVersion: latest.sdkVersion,
    receivedAt: latest.receivedAt,
    batchKey: latest.batchKey,
  };
}

const least = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b));
const greatest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b));

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of [...parts].sort()) hash.update(part).update('\0');
  return hash.digest('hex');
}

const eventRow = (event: ReceivedEvent): Uint8Array =>
  ingestionEventsTable.encode({
    project_id: event.projectId,
    entity: event.entity,
    entity_id: event.entityId,
    event_id: event.eventId,
    body_hash: event.bodyHash,
    event_type: event.eventType,
    timestamp: event.timestamp,
    body: event.body,
    ingestion_api_key: event.apiKey,
    ingestion_sdk_name: event.sdkName,
    ingestion_sdk_version: event.sdkVersion,
    batch_key: event.batchKey,
    received_at: event.receivedAt,
  });

async function countEvents(columnar: Columnar, keys: readonly EntityKey[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { projectId, entity, entityIds } of lookups(keys)) {
    const rows = await columnar.query<{ entityId: string; count: number }>({
      name: 'ingest.count-events',
      sql: `
        SELECT entity_id AS entityId, toUInt32(uniqExact(event_id, body_hash)) AS count
        FROM ingestion_events
        WHERE project_id = {projectId:String} AND entity = {entity:String} AND entity_id IN {entityIds:Array(String)}
        GROUP BY entity_id`,
      params: { projectId, entity, entityIds },
    });
    for (const row of rows) counts.set(keyOf({ projectId, entity, entityId: row.entityId }), row.count);
  }
  return counts;
}

async function readEvents(columnar: Columnar, keys: readonly EntityKey[]): Promise<ReceivedEvent[]> {
  const events: ReceivedEvent[] = [];
  for (const { projectId, entity, entityIds } of lookups(keys)) {
    const rows = await columnar.query<ReceivedEvent & { timestamp: string; receivedAt: string }>({
      name: 'ingest.read-events',
      sql: `
        SELECT project_id AS projectId, entity, entity_id AS entityId, event_id AS eventId, body_hash AS bodyHash,
          event_type AS eventType, toString(toUnixTimestamp64Micro(timestamp)) AS timestamp, body,
          ingestion_api_key AS apiKey, ingestion_sdk_name AS sdkName, ingestion_sdk_version AS sdkVersion,
          batch_key AS batchKey, toString(toUnixTimestamp64Micro(received_at)) AS receivedAt
        FROM ingestion_events
        WHERE project_id = {projectId:String} AND entity = {entity:String} AND entity_id IN {entityIds:Array(String)}`,
      params: { projectId, entity, entityIds },
    });
    for (const row of rows) {
      events.push({ ...row, timestamp: Number(row.timestamp), receivedAt: Number(row.receivedAt) });
    }
  }
  return events;
}

interface FormerKey {
  time: Microseconds;
  traceId: string;
}

/**
 * The keys under which rows of these entities stand already. A part of the events can have been folded before,
 * by whomever, to another start time, which is part of the key; it is one that some event alone gives, so the
 * search is bounded by those and stays within a few granules. One event gives one time: nothing to look for.
 */
async function readFormerKeys(columnar: Columnar, folds: readonly Fold[]): Promise<Map<string, FormerKey[]>> {
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

function* lookups(
  keys: readonly EntityKey[],
): Generator<{ projectId: string; entity: Entity; entityIds: string[] }> {
  const groups = new Map<string, { projectId: string; entity: Entity; entityIds: string[] }>();
  for (const { projectId, entity, entityId } of keys) {
    const name = `${entity}\n${projectId}`;
    const group = groups.get(name) ?? { projectId, entity, entityIds: [] };
    group.entityIds.push(entityId);
    groups.set(name, group);
  }
  for (const { projectId, entity, entityIds } of groups.values()) {
    for (let at = 0; at < entityIds.length; at += maxLookupIds) {
      yield { projectId, entity, entityIds: entityIds.slice(at, at + maxLookupIds) };
    }
  }
}
