'use client';
import { useCallback, useMemo, useState } from 'react';
import type { TraceSelection } from '../../api-client/traces';
import { type FacetChoices, listConditions, type Thresholds } from './facet-choice';
import { parseTimeRange, type TimeRange } from './time-range';

/**
 * Range, filters and search as the API takes them. A relative range is pinned to the moment it was chosen
 * (or last reloaded), so that pages by cursor and counts speak of the same traces.
 */
export function useSelection(
  rangeText: string,
  fallbackRange: string,
  q: string,
  choices: FacetChoices,
  thresholds: Thresholds,
) {
  const [pin, setPin] = useState(() => ({ rangeText, now: new Date(), generation: 0 }));
  if (pin.rangeText !== rangeText) setPin({ rangeText, now: new Date(), generation: pin.generation });
  const reload = useCallback(
    () => setPin((old) => ({ ...old, now: new Date(), generation: old.generation + 1 })),
    [],
  );
  const range: TimeRange = useMemo(
    () =>
      parseTimeRange(pin.rangeText, pin.now) ??
      parseTimeRange(fallbackRange, pin.now) ?? { from: null, to: null, label: 'All time' },
    [pin.rangeText, pin.now, fallbackRange],
  );
  const selection = useMemo((): TraceSelection => {
    const conditions = listConditions(choices, thresholds);
    return {
      from: range.from?.toISOString(),
      to: range.to?.toISOString(),
      filter: conditions.length ? JSON.stringify(conditions) : undefined,
      q: q || undefined,
    };
  }, [range, q, choices, thresholds]);
  return { range, selection, generation: pin.generation, reload };
}
