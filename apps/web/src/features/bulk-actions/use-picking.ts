'use client';
import { useHotkeys } from '@tracewell/ui';
import { useCallback, useMemo, useState } from 'react';
import type { Picking } from './pick-column';
import { arePicked, noPicks, pickRange, toggleAll, togglePick } from './pick-rows';

interface PickingInput {
  isEnabled: boolean;
  rows: readonly { key: string }[];
  cursor: string | null;
  /** What the table is of: of another search nothing is picked. */
  place: string;
}

/** Which rows are picked, and the keys for it: `x`, and Esc unless something nearer takes it. */
export function usePicking({ isEnabled, rows, cursor, place }: PickingInput) {
  const [held, setHeld] = useState({ place, picks: noPicks, isAll: false });
  if (held.place !== place) setHeld({ place, picks: noPicks, isAll: false });
  const { picks } = held;
  const order = useMemo(() => rows.map(({ key }) => key), [rows]);
  const toggle = useCallback(
    (key: string, isRange: boolean) =>
      setHeld((old) => ({
        ...old,
        isAll: false,
        picks: isRange ? pickRange(old.picks, order, key) : togglePick(old.picks, key),
      })),
    [order],
  );
  const picking = useMemo(
    (): Picking => ({
      keys: picks.keys,
      areAllPicked: arePicked(picks, order),
      toggle,
      toggleAll: () => setHeld((old) => ({ ...old, isAll: false, picks: toggleAll(old.picks, order) })),
    }),
    [picks, order, toggle],
  );
  const clear = useCallback(() => setHeld((old) => ({ ...old, picks: noPicks, isAll: false })), []);
  const setAll = useCallback((isAll: boolean) => setHeld((old) => ({ ...old, isAll })), []);
  useHotkeys(
    {
      x: () => {
        if (cursor === null || !order.includes(cursor)) return false;
        toggle(cursor, false);
      },
      escape: () => {
        if (picks.keys.size === 0) return false;
        clear();
      },
    },
    isEnabled,
  );
  return { picking, isAll: held.isAll, setAll, clear };
}
