'use client';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

/** The URL is the state: a link shows the same range, search, order and open trace. */
export const orders = [
  'timestamp.desc',
  'timestamp.asc',
  'latency.desc',
  'totalCost.desc',
  'totalTokens.desc',
  'errorCount.desc',
] as const;
export type TraceOrder = (typeof orders)[number];
export const defaultRange = '24h';

const parsers = {
  range: parseAsString.withDefault(defaultRange),
  /** The search language; the boxes of the sidebar are terms of it. */
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(orders).withDefault('timestamp.desc'),
  /** Columns that are not shown, where a link or a saved view says so; else as this browser remembers. */
  hide: parseAsArrayOf(parseAsString),
  /** What is compared with the rest (`decodeRegion`). */
  compare: parseAsString,
  peek: parseAsString,
  observation: parseAsString,
};

export function useTracesState() {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' });
  return { state, setState };
}
