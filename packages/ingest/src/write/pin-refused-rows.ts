import { createHash } from 'node:crypto';
import { type ColumnarError, ColumnarUnavailable } from '@tracewell/engines/columnar/port';
import { isRowFault } from './refusal';

/**
 * Writes rows, and when the store refuses them for what a row holds, halves them until the refused ones stand
 * alone and their neighbours are written.
 *
 * A row is given up only with a witness that the store would have taken it: a neighbour it accepted, or any
 * insert it accepted since it first refused this row. Where it accepts nothing at all, the table may be at
 * fault (a column whose type a migration changed refuses every row), and the rows are kept for another try.
 */
export interface TableHistory {
  /** Inserts into the table that were accepted. */
  accepted: number;
  /** Digests of rows that were refused without a witness, with what `accepted` was then. */
  suspects: Map<string, number>;
}

export const createTableHistory = (): TableHistory => ({ accepted: 0, suspects: new Map() });

/** Rows tried one by one in search of a witness; they are spread over the whole of the insert. */
const maxUnwitnessedRows = 16;
/** The oldest suspicions are forgotten: such a row is a suspect once more. */
const maxSuspects = 1_000;

/**
 * Returns why the store refuses a row. Throws what `insert` throws when the store itself is at fault; what was
 * written until then may be written again.
 */
export async function pinRefusedRows<Row extends { row: string | Uint8Array }>(
  rows: readonly Row[],
  history: TableHistory,
  insert: (rows: readonly Row[]) => Promise<void>,
): Promise<Map<Row, string>> {
  const refused = new Map<Row, ColumnarError>();
  let hasAccepted = false;
  let unwitnessed = 0;

  async function write(part: readonly Row[]): Promise<void> {
    try {
      await insert(part);
      hasAccepted = true;
      history.accepted++;
    } catch (error) {
      if (!isRowFault(error)) throw error;
      if (part.length > 1) {
        // Every other row rather than the first half: what is tried first comes from everywhere.
        await write(part.filter((_, n) => n % 2 === 0));
        await write(part.filter((_, n) => n % 2 === 1));
        return;
      }
      const row = part[0]!;
      refused.set(row, error);
      if (!hasWitness(row) && ++unwitnessed >= maxUnwitnessedRows) suspect();
    }
  }

  const hasWitness = ({ row }: Row) =>
    hasAccepted || (history.suspects.get(digestOf(row)) ?? Number.POSITIVE_INFINITY) < history.accepted;

  /** Throws unless each refused row has a witness. */
  function suspect(): void {
    const without = [...refused.keys()].filter((row) => !hasWitness(row));
    if (without.length === 0) return;
    for (const { row } of without) {
      const digest = digestOf(row);
      if (!history.suspects.has(digest)) history.suspects.set(digest, history.accepted);
    }
    for (const digest of history.suspects.keys()) {
      if (history.suspects.size <= maxSuspects) break;
      history.suspects.delete(digest);
    }
    const { message, cause } = refused.get(without[0]!)!;
    throw new ColumnarUnavailable(
      `no row of an insert was accepted: the table may be at fault, and the rows are kept. The first answer: ${message}`,
      { cause },
    );
  }

  await write(rows);
  suspect();
  for (const { row } of refused.keys()) history.suspects.delete(digestOf(row));
  return new Map([...refused].map(([row, { message }]) => [row, message]));
}

/** Rows can be large; what is remembered of them is not. */
const digestOf = (row: string | Uint8Array): string => createHash('sha256').update(row).digest('base64');
