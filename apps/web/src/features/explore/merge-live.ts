import type { ExploreRow } from './explored-table';

/**
 * The list under the reader and the newest page from the server, side by side. Rows the list has are brought
 * up to date in place; rows it does not have wait in `pending` until the reader lets them in, so that nothing
 * moves under the eye.
 */
export interface LiveState<Row> {
  /** Rows let in, and later versions of listed ones, by key. */
  known: ReadonlyMap<string, Row>;
}
export const nothingLive: LiveState<never> = { known: new Map<string, never>() };

/** Takes in later versions of the rows that are listed; gives the same state when none changed. */
export function updateKnown<Row extends ExploreRow>(
  state: LiveState<Row>,
  listedKeys: ReadonlySet<string>,
  newest: readonly Row[],
): LiveState<Row> {
  let known: Map<string, Row> | null = null;
  for (const row of newest) {
    const old = state.known.get(row.key);
    if (!old && !listedKeys.has(row.key)) continue;
    if (old && isSame(old, row)) continue;
    known ??= new Map(state.known);
    known.set(row.key, row);
  }
  return known ? { known } : state;
}

export const listPending = <Row extends ExploreRow>(
  state: LiveState<Row>,
  listedKeys: ReadonlySet<string>,
  newest: readonly Row[],
): Row[] => newest.filter((row) => !listedKeys.has(row.key) && !state.known.has(row.key));

export function letIn<Row extends ExploreRow>(
  state: LiveState<Row>,
  pending: readonly Row[],
): LiveState<Row> {
  if (!pending.length) return state;
  const known = new Map(state.known);
  for (const row of pending) known.set(row.key, row);
  return { known };
}

/** The rows to show, newest first: the listed ones in their latest version, and those let in. */
export function mergeLive<Row extends ExploreRow>(listed: readonly Row[], state: LiveState<Row>): Row[] {
  if (!state.known.size) return listed as Row[];
  const rest = new Map(state.known);
  const rows = listed.map((row) => {
    const latest = rest.get(row.key);
    rest.delete(row.key);
    return latest ?? row;
  });
  if (!rest.size) return rows;
  return [...rest.values(), ...rows].sort((a, b) =>
    a.timestamp < b.timestamp ? 1 : a.timestamp > b.timestamp ? -1 : 0,
  );
}

const isSame = <Row>(a: Row, b: Row): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
