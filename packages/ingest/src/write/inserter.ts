import { createHash } from 'node:crypto';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { failpoint } from '../failpoint';
import { createTableHistory, pinRefusedRows, type TableHistory } from './pin-refused-rows';
import type { Table } from './rows/table';

/**
 * Puts the rows of many jobs into one insert per table.
 *
 * An insert costs far more than a row (measured: 70 ms of CPU against 0.2 ms), so inserts into a table come at
 * most every `pauseMs` unless `enoughRows` wait: a quiet table is written at once, a busy one in large groups.
 * A submission resolves when the insert that holds its rows returned (D2). A row that the store refuses for
 * what it holds is reported back to its submitter, its neighbours are written (D5); a store that refuses for
 * its own state rejects, and nothing is given up.
 */
export interface Submission {
  /** Names what the rows are made of: the same rows of the same origin are written once. */
  origin: string;
  table: Pick<Table<never>, 'name' | 'columns'>;
  /** In the binary form of the table. */
  rows: readonly Uint8Array[];
}

/** Positions in `Submission.rows` that the store refuses for what they hold, and why. */
export type RefusedRows = Map<number, string>;

export interface InserterOptions {
  columnar: Columnar;
  maxInsertRows?: number;
  maxInsertBytes?: number;
  /** Between the end of an insert and the next one into the same table. */
  pauseMs?: number;
  /** Rows that are worth an insert at once. */
  enoughRows?: number;
  onInsert?: (insert: { table: string; rows: number; seconds: number }) => void;
  /** The store could not take an insert for a reason that is not in its rows; its submitters try again. */
  onFault?: (fault: { table: string; error: unknown }) => void;
}

const insertSettings = {
  // A crash between a table and its view: the retry is passed over by the table and must still reach the view.
  deduplicate_blocks_in_dependent_materialized_views: 1,
  // One thread is as quick for a few thousand rows and spares what threads cost to feed.
  max_threads: 1,
};

interface Waiting {
  submission: Submission;
  bytes: number;
  resolve: (refused: RefusedRows) => void;
  reject: (error: unknown) => void;
}

/** What waits for a table. */
interface Lane {
  waiting: Waiting[];
  waitingRows: number;
  busy: boolean;
  lastInsertAt: number;
  history: TableHistory;
  /** Ends the pause. */
  wake: () => void;
}

const createLane = (): Lane => ({
  waiting: [],
  waitingRows: 0,
  busy: false,
  lastInsertAt: Number.NEGATIVE_INFINITY,
  history: createTableHistory(),
  wake: () => {},
});

interface Placed {
  row: Uint8Array;
  waiting: Waiting;
  position: number;
}

export interface Inserter {
  /** Throws what the store throws when it is away: nothing of the submission is known to be written then. */
  insert(submission: Submission): Promise<RefusedRows>;
}

export function createInserter(options: InserterOptions): Inserter {
  const { columnar, onInsert = () => {}, onFault = () => {} } = options;
  const maxInsertRows = options.maxInsertRows ?? 5_000;
  const maxInsertBytes = options.maxInsertBytes ?? 24 * 1024 * 1024;
  const pauseMs = options.pauseMs ?? 200;
  const enoughRows = options.enoughRows ?? 2_500;
  const lanes = new Map<string, Lane>();

  function insert(submission: Submission): Promise<RefusedRows> {
    if (submission.rows.length === 0) return Promise.resolve(new Map());
    return new Promise((resolve, reject) => {
      const bytes = submission.rows.reduce((sum, row) => sum + row.length, 0);
      const lane = lanes.get(submission.table.name) ?? createLane();
      lanes.set(submission.table.name, lane);
      lane.waiting.push({ submission, bytes, resolve, reject });
      lane.waitingRows += submission.rows.length;
      if (lane.waitingRows >= enoughRows) lane.wake();
      void runLane(lane);
    });
  }

  async function runLane(lane: Lane): Promise<void> {
    if (lane.busy) return;
    lane.busy = true;
    while (lane.waiting.length > 0) {
      await restOfPause(lane);
      const group = takeGroup(lane);
      try {
        const refused = await insertGroup(group, lane.history);
        for (const waiting of group) waiting.resolve(refused.get(waiting) ?? new Map());
      } catch (error) {
        onFault({ table: group[0]!.submission.table.name, error });
        for (const waiting of group) waiting.reject(error);
      }
      lane.lastInsertAt = performance.now();
    }
    lane.busy = false;
  }

  async function restOfPause(lane: Lane): Promise<void> {
    const restMs = lane.lastInsertAt + pauseMs - performance.now();
    if (restMs <= 0 || lane.waitingRows >= enoughRows) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, restMs);
      lane.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function takeGroup(lane: Lane): Waiting[] {
    let rows = 0;
    let bytes = 0;
    let count = 0;
    for (const waiting of lane.waiting) {
      rows += waiting.submission.rows.length;
      bytes += waiting.bytes;
      if (count > 0 && (rows > maxInsertRows || bytes > maxInsertBytes)) break;
      count++;
    }
    const group = lane.waiting.splice(0, count);
    lane.waitingRows -= group.reduce((sum, { submission }) => sum + submission.rows.length, 0);
    return group;
  }

  async function insertGroup(group: Waiting[], history: TableHistory): Promise<Map<Waiting, RefusedRows>> {
    const placed = group.flatMap((waiting) =>
      waiting.submission.rows.map((row, position): Placed => ({ row, waiting, position })),
    );
    const { table } = group[0]!.submission;
    await failpoint('worker.before_insert');
    const reasons = await pinRefusedRows(placed, history, (rows) => insertRows(rows, table));
    await failpoint('worker.after_insert');
    const refused = new Map<Waiting, RefusedRows>();
    for (const [{ waiting, position }, reason] of reasons) {
      const rows = refused.get(waiting) ?? new Map<number, string>();
      refused.set(waiting, rows.set(position, reason));
    }
    return refused;
  }

  async function insertRows(placed: readonly Placed[], table: Submission['table']): Promise<void> {
    const startedAt = performance.now();
    await columnar.insert({
      name: `ingest.${table.name}`,
      table: table.name,
      rows: { columns: table.columns, rows: placed.map(({ row }) => row) },
      deduplicationToken: tokenOf(placed),
      settings: insertSettings,
    });
    onInsert({ table: table.name, rows: placed.length, seconds: (performance.now() - startedAt) / 1000 });
  }

  return { insert };
}

/** The same rows of the same origins have the same token, in whatever order their jobs came. */
function tokenOf(placed: readonly Placed[]): string {
  const parts = new Set(placed.map(({ waiting, position }) => `${waiting.submission.origin}#${position}`));
  const hash = createHash('sha256');
  for (const part of [...parts].sort()) hash.update(part).update('\n');
  return hash.digest('hex');
}
