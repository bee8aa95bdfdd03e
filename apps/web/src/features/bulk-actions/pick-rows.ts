/** As many as the API takes by name; more are meant by their search. */
export const maxPicked = 1_000;

export interface Picks {
  keys: ReadonlySet<string>;
  /** Where a range begins: the row that was picked or let go last. */
  anchor: string | null;
}

export const noPicks: Picks = { keys: new Set(), anchor: null };

/** Picks a row or lets it go. */
export function togglePick({ keys }: Picks, key: string): Picks {
  const next = new Set(keys);
  if (!next.delete(key) && next.size < maxPicked) next.add(key);
  return { keys: next, anchor: key };
}

/** Picks all from the anchor to `key`, both with it, in the order of the table. */
export function pickRange(picks: Picks, order: readonly string[], key: string): Picks {
  const from = picks.anchor === null ? -1 : order.indexOf(picks.anchor);
  const to = order.indexOf(key);
  if (from < 0 || to < 0) return togglePick(picks, key);
  return pickMany(picks, order.slice(Math.min(from, to), Math.max(from, to) + 1), key);
}

/** All of `order`, or none when each of them is picked. */
export function toggleAll(picks: Picks, order: readonly string[]): Picks {
  if (arePicked(picks, order)) return noPicks;
  return pickMany(picks, order, picks.anchor);
}

export const arePicked = ({ keys }: Picks, order: readonly string[]): boolean =>
  order.length > 0 && order.slice(0, maxPicked).every((key) => keys.has(key));

const pickMany = ({ keys }: Picks, added: readonly string[], anchor: string | null): Picks => ({
  keys: new Set([...new Set([...keys, ...added])].slice(0, maxPicked)),
  anchor,
});
