'use client';
import { parseAsArrayOf, parseAsString, useQueryStates } from 'nuqs';

/** The URL is the state: a link shows the same range, search, order and open trace. */
export const defaultRange = '24h';

const parsers = {
  range: parseAsString.withDefault(defaultRange),
  /** The search language; the boxes of the sidebar are terms of it. */
  q: parseAsString.withDefault(''),
  sort: parseAsString,
  /** Columns that are not shown, where a link or a saved view says so; else as this browser remembers. */
  hide: parseAsArrayOf(parseAsString),
  /** What is compared with the rest (`decodeRegion`). */
  compare: parseAsString,
  peek: parseAsString,
  observation: parseAsString,
};

/** `orders`: those of the table, the default first. */
export function useExploreState(orders: readonly string[]) {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' });
  const sort = state.sort !== null && orders.includes(state.sort) ? state.sort : orders[0]!;
  return { state: { ...state, sort }, setState };
}
