'use client';
import { useCallback, useMemo, useState } from 'react';
import type { Selection } from '../../api-client/types';
import { parseTimeRange, type TimeRange } from './time-range';

/**
 * Range and search as the API takes them. A relative range is pinned to the moment it was chosen (or last reloaded),
 * so that pages by cursor and counts speak of the same traces.
 */
export function useSelection(rangeText: string, fallbackRange: string, q: string) {
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
  const selection = useMemo(
    (): Selection => ({
      from: range.from?.toISOString(),
      to: range.to?.toISOString(),
      q: q || undefined,
    }),
    [range, q],
  );
  return { range, selection, generation: pin.generation, reload };
}
