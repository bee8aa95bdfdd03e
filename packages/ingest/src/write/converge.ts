import { createHash } from 'node:crypto';
import type { EnrichedObservation, Microseconds, Observation, Provenance } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { failpoint } from '../failpoint';
import { configureScores, type ScoreConfigsOf } from './configure-scores';
import type { Deletions } from './deletions';
import {
  type EntityKey,
  type Fold,
  foldEvents,
  greatest,
  identityOf,
  keyOf,
  least,
  type ReceivedEvent,
} from './entities';
import { countEvents, eventRow, readEvents } from './event-store';
import { type FormerKey, isReplaced, readFormerKeys } from './former-keys';
import type { Inserter, RefusedRows } from './inserter';
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
export async function converge(
  options: ConvergeOptions,
  events: readonly ReceivedEvent[],
  deletions: Deletions,
): Promise<Converged> {
  const { columnar, inserter } = options;
  const refused = await storeEvents(inserter, events);
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

/** Returns why an event cannot be kept, by its position. */
async function storeEvents(inserter: Inserter, events: readonly ReceivedEvent[]): Promise<RefusedRows> {
  const refused: RefusedRows = new Map();
  const rows: Uint8Array[] = [];
  const positions: number[] = [];
  for (const [position, event] of events.entries()) {
    try {
      rows.push(eventRow(event));
      positions.push(position);
    } catch (error) {
      refused.set(position, `cannot be stored: ${String(error)}`);
    }
  }
  const origin = `events:${hashOf(positions.map((n) => `${keyOf(events[n]!)}\n${identityOf(events[n]!)}`))}`;
  const byStore = await inserter.insert({ table: ingestionEventsTable, origin, rows });
  for (const [n, reason] of byStore) refused.set(positions[n]!, reason);
  return refused;
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

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of [...parts].sort()) hash.update(part).update('\0');
  return hash.digest('hex');
}
