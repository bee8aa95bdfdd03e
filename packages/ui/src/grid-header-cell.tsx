// biome-ignore-all lint/a11y/useSemanticElements: rows placed by hand cannot be those of a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus (aria-activedescendant)
'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { cn } from './class-names';
import type { GridColumn } from './data-grid';

interface GridHeaderCellProps<Row> {
  column: GridColumn<Row>;
  isResizing: boolean;
  onResizeStart: (event: unknown) => void;
  onResizeReset: () => void;
}

export function GridHeaderCell<Row>({
  column,
  isResizing,
  onResizeStart,
  onResizeReset,
}: GridHeaderCellProps<Row>) {
  const { sort } = column;
  if (column.header !== undefined) {
    return (
      <div
        role="columnheader"
        className="flex shrink-0 items-center px-2"
        style={{ width: `var(--w-${column.id})` }}
      >
        {column.header}
      </div>
    );
  }
  const Arrow = sort?.direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <div
      role="columnheader"
      aria-sort={sort?.direction ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined}
      className="group relative flex shrink-0 items-center"
      style={{ width: `var(--w-${column.id})` }}
    >
      {sort ? (
        <button
          type="button"
          onClick={sort.toggle}
          className={cn(
            'flex h-full w-full min-w-0 items-center gap-1 px-2 hover:text-ink',
            column.align === 'right' && 'justify-end',
            sort.direction && 'text-ink',
          )}
        >
          <span className="truncate">{column.label}</span>
          <Arrow className={cn('size-3 shrink-0', !sort.direction && 'hidden')} />
        </button>
      ) : (
        <span className={cn('w-full truncate px-2', column.align === 'right' && 'text-right')}>
          {column.label}
        </span>
      )}
      <span
        aria-hidden
        onMouseDown={onResizeStart}
        onTouchStart={onResizeStart}
        onDoubleClick={onResizeReset}
        className={cn(
          'absolute top-1.5 right-0 bottom-1.5 w-px cursor-col-resize touch-none bg-line after:absolute after:-inset-y-1.5 after:-left-1 after:w-2.5 hover:bg-accent',
          isResizing && 'bg-accent',
        )}
      />
    </div>
  );
}
