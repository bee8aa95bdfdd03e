import type { Relational } from '@tracewell/engines/relational/port';

/** What became of a stored batch: `accepted = written + deadLettered + suppressed`, or the batch is in flight. */
export interface BatchOutcome {
  batchKey: string;
  /** Events the doors acknowledged. */
  accepted: number;
  /** Events whose effect can be read. */
  written: number;
  deadLettered: number;
  /** Events of what was deleted after they were received. */
  suppressed: number;
}

export interface DeadLetter {
  batchKey: string;
  /** Position of the frame in the batch and of the event in the frame; null when the whole frame or batch is meant. */
  frame: number | null;
  position: number | null;
  projectId: string;
  kind: string;
  reasonCode: DeadLetterReason;
  reason: string;
}

/** The closed list of reasons for which an accepted event cannot be shown. */
export const deadLetterReasons = [
  'batch_damaged',
  'batch_missing',
  'frame_undecodable',
  'event_undecodable',
  'event_not_normalisable',
  'row_refused',
] as const;
export type DeadLetterReason = (typeof deadLetterReasons)[number];

/**
 * The record of which stored batches were ingested. Written after the rows and before the job is acknowledged;
 * a batch that is stored and not in the ledger is re-driven by the reconciler.
 */
export interface Ledger {
  record(outcome: BatchOutcome, deadLetters: readonly DeadLetter[]): Promise<void>;
  /** Which of these batches are not in the ledger. */
  missing(batchKeys: readonly string[]): Promise<string[]>;
  /** Sums over all batches. */
  totals(): Promise<Omit<BatchOutcome, 'batchKey'> & { batches: number }>;
  countDeadLetters(): Promise<number>;
}

export function openLedger({ pool }: Pick<Relational, 'pool'>): Ledger {
  return {
    async record(outcome, given) {
      // An event has one letter, however many of its parts failed.
      const deadLetters = [...new Map(given.map((letter) => [idOf(letter), letter])).values()];
      // A batch that is ingested again (a retry, a replay after a fix) says anew which of its events fail. One
      // statement is one transaction, and one way to the database.
      await pool.query(
        `WITH former AS (DELETE FROM dead_letters WHERE batch_key = $1 AND NOT id = ANY($6::text[])),
           letters AS (
             INSERT INTO dead_letters (id, batch_key, frame, position, project_id, kind, reason_code, reason, created_at)
             SELECT letter.*, now() FROM unnest($6::text[], $7::text[], $8::int[], $9::int[], $10::text[], $11::text[],
               $12::text[], $13::text[]) AS letter
             ON CONFLICT (id) DO UPDATE SET reason_code = EXCLUDED.reason_code, reason = EXCLUDED.reason)
         INSERT INTO ingested_batches (batch_key, accepted, written, dead_lettered, suppressed, ingested_at)
         VALUES ($1, $2, $3, $4, $5, now())
         ON CONFLICT (batch_key) DO UPDATE SET accepted = EXCLUDED.accepted, written = EXCLUDED.written,
           dead_lettered = EXCLUDED.dead_lettered, suppressed = EXCLUDED.suppressed, ingested_at = now()`,
        [
          outcome.batchKey,
          outcome.accepted,
          outcome.written,
          outcome.deadLettered,
          outcome.suppressed,
          deadLetters.map(idOf),
          deadLetters.map(({ batchKey }) => batchKey),
          deadLetters.map(({ frame }) => frame),
          deadLetters.map(({ position }) => position),
          deadLetters.map(({ projectId }) => projectId),
          deadLetters.map(({ kind }) => kind),
          deadLetters.map(({ reasonCode }) => reasonCode),
          deadLetters.map(({ reason }) => storableText(reason.slice(0, maxReasonLength))),
        ],
      );
    },

    async missing(batchKeys) {
      if (batchKeys.length === 0) return [];
      const { rows } = await pool.query<{ key: string }>(
        `SELECT key FROM unnest($1::text[]) AS key
         WHERE NOT EXISTS (SELECT 1 FROM ingested_batches WHERE batch_key = key)`,
        [batchKeys],
      );
      return rows.map(({ key }) => key);
    },

    async totals() {
      const { rows } = await pool.query(
        `SELECT count(*)::float8 AS batches, coalesce(sum(accepted), 0)::float8 AS accepted,
           coalesce(sum(written), 0)::float8 AS written, coalesce(sum(dead_lettered), 0)::float8 AS "deadLettered",
           coalesce(sum(suppressed), 0)::float8 AS suppressed
         FROM ingested_batches`,
      );
      return rows[0];
    },

    async countDeadLetters() {
      const { rows } = await pool.query(`SELECT count(*)::int AS count FROM dead_letters`);
      return rows[0].count;
    },
  };
}

const maxReasonLength = 2_000;

const idOf = ({ batchKey, frame, position }: DeadLetter): string =>
  `${batchKey}#${frame ?? ''}#${position ?? ''}`;

/** Reasons quote what clients sent; Postgres keeps every character but one. */
const storableText = (text: string): string => text.replaceAll('\0', '\ufffd');
