// biome-ignore-all lint/a11y/useSemanticElements: rows placed by hand cannot be those of a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus (aria-activedescendant)
'use client';
import { memo } from 'react';
import { cn } from './class-names';
import type { GridColumn } from './data-grid';

interface GridRowProps<Row> {
  row: Row;
  id: string;
  index: number;
  top: number;
  columns: GridColumn<Row>[];
  isCursor: boolean;
  isMarked: boolean;
  onCursor: (row: Row, index: number) => void;
  onOpen: (row: Row) => void;
}

function GridRowInner<Row>(props: GridRowProps<Row>) {
  const { row, columns } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for its current row
    <div
      role="row"
      id={`row-${props.id}`}
      aria-rowindex={props.index + 2}
      aria-selected={props.isCursor}
      onClick={(event) => {
        if (window.getSelection()?.toString()) return;
        if ((event.target as HTMLElement).closest('a,button')) return;
        props.onCursor(row, props.index);
        props.onOpen(row);
      }}
      className={cn(
        'absolute inset-x-0 top-0 flex cursor-pointer items-center border-b border-line/60 hover:bg-hover',
        props.isMarked && 'shadow-[inset_2px_0_0_var(--danger)]',
        props.isCursor && 'bg-active hover:bg-active',
        props.isCursor && !props.isMarked && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
      style={{ height: 32, transform: `translateY(${props.top}px)` }}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={cn(
            'flex h-full min-w-0 shrink-0 items-center overflow-hidden px-2 whitespace-nowrap',
            column.align === 'right' && 'justify-end',
          )}
          style={{ width: `var(--w-${column.id})` }}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

export const GridRow = memo(GridRowInner) as typeof GridRowInner;
