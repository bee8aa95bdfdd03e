import type { TraceSummary } from '../../api-client/types';

/**
 * The list under the reader and the newest page from the server, side by side. Rows the list has are brought
 * up to date in place; rows it does not have wait in `pending` until the reader lets them in, so that nothing
 * moves under the eye.
 */
export interface LiveState {
  /** Rows let in, and later versions of listed ones, by id. */
  known: ReadonlyMap<string, TraceSummary>;
}
export const nothingLive: LiveState = { known: new Map() };

/** Takes in later versions of the rows that are listed; gives the same state when none changed. */
export function updateKnown(
  state: LiveState,
  listedIds: ReadonlySet<string>,
  newest: readonly TraceSummary[],
): LiveState {
  let known: Map<string, TraceSummary> | null = null;
  for (const row of newest) {
    const old = state.known.get(row.id);
    if (!old && !listedIds.has(row.id)) continue;
    if (old && isSame(old, row)) continue;
    known ??= new Map(state.known);
    known.set(row.id, row);
  }
  return known ? { known } : state;
}

export const listPending = (
  state: LiveState,
  listedIds: ReadonlySet<string>,
  newest: readonly TraceSummary[],
): TraceSummary[] => newest.filter((row) => !listedIds.has(row.id) && !state.known.has(row.id));

export function letIn(state: LiveState, pending: readonly TraceSummary[]): LiveState {
  if (!pending.length) return state;
  const known = new Map(state.known);
  for (const row of pending) known.set(row.id, row);
  return { known };
}

/** The rows to show, newest first: the listed ones in their latest version, and those let in. */
export function mergeLive(listed: readonly TraceSummary[], state: LiveState): TraceSummary[] {
  if (!state.known.size) return listed as TraceSummary[];
  const rest = new Map(state.known);
  const rows = listed.map((row) => {
    const latest = rest.get(row.id);
    rest.delete(row.id);
    return latest ?? row;
  });
  if (!rest.size) return rows;
  return [...rest.values(), ...rows].sort((a, b) =>
    a.timestamp < b.timestamp ? 1 : a.timestamp > b.timestamp ? -1 : 0,
  );
}

const isSame = (a: TraceSummary, b: TraceSummary): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);
