'use client';
import { CheckMark, cn, type GridColumn } from '@tracewell/ui';
import { createContext, useContext } from 'react';

/** What the boxes of the rows know; it goes around the rows, which stay as they are when another is picked. */
export interface Picking {
  keys: ReadonlySet<string>;
  areAllPicked: boolean;
  toggle: (key: string, isRange: boolean) => void;
  toggleAll: () => void;
}

export const PickingContext = createContext<Picking | null>(null);

interface PickBoxProps {
  label: string;
  isPicked: boolean;
  onToggle: (isRange: boolean) => void;
}

/** As large as its cell, so that a click beside the mark opens no row. */
const PickBox = ({ label, isPicked, onToggle }: PickBoxProps) => (
  // biome-ignore lint/a11y/useSemanticElements: the mark is drawn in the colours of the theme
  <button
    type="button"
    role="checkbox"
    aria-checked={isPicked}
    aria-label={label}
    // Or shift would select the text in between.
    onMouseDown={(event) => event.shiftKey && event.preventDefault()}
    onClick={(event) => onToggle(event.shiftKey)}
    className="group/pick -mx-2 grid h-8 w-8 shrink-0 place-items-center"
  >
    <span className={cn('grid', !isPicked && 'opacity-70 group-hover/pick:opacity-100')}>
      <CheckMark state={isPicked ? 'on' : 'off'} />
    </span>
  </button>
);

function PickRow({ row }: { row: { key: string; name?: string | null | undefined } }) {
  const picking = useContext(PickingContext);
  if (!picking) return null;
  return (
    <PickBox
      label={`Pick ${row.name || row.key}`}
      isPicked={picking.keys.has(row.key)}
      onToggle={(isRange) => picking.toggle(row.key, isRange)}
    />
  );
}

function PickAll() {
  const picking = useContext(PickingContext);
  if (!picking) return null;
  return <PickBox label="Pick all rows" isPicked={picking.areAllPicked} onToggle={picking.toggleAll} />;
}

export const pickColumn: GridColumn<{ key: string; name?: string | null | undefined }> = {
  id: 'pick',
  label: 'Picked',
  header: <PickAll />,
  width: 32,
  cell: (row) => <PickRow row={row} />,
};
