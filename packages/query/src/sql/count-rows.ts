import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from './decode';
import { readRows } from './read-rows';
import { compileSql, type Sql, sql } from './sql';

/** Totals remembered per store; the oldest goes first. */
const maxRemembered = 1_000;
/** Characters of a statement with its parameters; longer ones are counted anew. */
const maxRememberedText = 8_192;
/** Nodes of a cluster may lag behind one another: a total of one of them is taken from another no longer than this. */
const maxAgeMs = 60_000;

interface Remembered {
  parts: string;
  total: number;
  at: number;
}
const totals = new WeakMap<Columnar, Map<string, Remembered>>();

/**
 * The one number `total` of a statement over the tables of recorded data. Counting reads the sorting key of all
 * that is counted, so it grows with the project; but as long as the tables consist of the same parts (which
 * every insert, deletion and merge changes) the number is the same, and naming the parts is quick whatever the
 * size. Nothing is remembered by time: what was deleted or written a moment ago is counted.
 */
export async function countRows(columnar: Columnar, name: string, statement: Sql): Promise<number> {
  const known = totals.get(columnar) ?? new Map<string, Remembered>();
  totals.set(columnar, known);
  const { sql: text, params } = compileSql(statement);
  const key = JSON.stringify([text, params]);
  if (key.length > maxRememberedText) return count(columnar, name, statement);

  // Before counting: what is written between the two makes the number newer than its parts, never older.
  const parts = await nameParts(columnar, name);
  const remembered = known.get(key);
  if (remembered?.parts === parts && Date.now() - remembered.at < maxAgeMs) return remembered.total;
  const total = await count(columnar, name, statement);
  known.delete(key);
  const [oldest] = known.size >= maxRemembered ? known.keys() : [];
  if (oldest !== undefined) known.delete(oldest);
  known.set(key, { parts, total, at: Date.now() });
  return total;
}

async function count(columnar: Columnar, name: string, statement: Sql): Promise<number> {
  const [row] = await readRows<{ total: Integer }>(columnar, name, statement);
  return toNumber(row!.total);
}

async function nameParts(columnar: Columnar, name: string): Promise<string> {
  const [row] = await readRows<{ parts: string }>(
    columnar,
    `${name}.parts`,
    sql`
      SELECT concat(toString(count()), ' ', toString(sum(sipHash64(table, name)))) AS parts
      FROM system.parts
      WHERE active AND database = currentDatabase() AND table IN ('observations', 'traces', 'scores')`,
  );
  return row!.parts;
}
