'use client';
import { createParser, parseAsFloat, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { decodeChoice, encodeChoice, type FacetChoices, facetFields, type Thresholds } from './facet-choice';

/** The URL is the state: a link shows the same range, filters, search, order and open trace. */
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

const choice = createParser({
  parse: (text: string) => (text ? decodeChoice(text) : null),
  serialize: encodeChoice,
  eq: (a, b) => encodeChoice(a) === encodeChoice(b),
});

const parsers = {
  range: parseAsString.withDefault(defaultRange),
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(orders).withDefault('timestamp.desc'),
  peek: parseAsString,
  observation: parseAsString,
  level: choice,
  name: choice,
  environment: choice,
  model: choice,
  tags: choice,
  userId: choice,
  sessionId: choice,
  version: choice,
  release: choice,
  minLatency: parseAsFloat,
  minCost: parseAsFloat,
};

export function useTracesState() {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' });
  const choices = useMemo(() => {
    const chosen: FacetChoices = {};
    for (const field of facetFields) {
      const value = state[field];
      if (value) chosen[field] = value;
    }
    return chosen;
  }, [state]);
  const { minLatency, minCost } = state;
  const thresholds = useMemo((): Thresholds => ({ minLatency, minCost }), [minLatency, minCost]);
  return { state, setState, choices, thresholds };
}

export const noFilters = {
  q: null,
  level: null,
  name: null,
  environment: null,
  model: null,
  tags: null,
  userId: null,
  sessionId: null,
  version: null,
  release: null,
  minLatency: null,
  minCost: null,
} as const;
