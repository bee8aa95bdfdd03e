// biome-ignore-all lint/a11y/useSemanticElements: rows placed by hand cannot be those of a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus (aria-activedescendant)
'use client';
import {
  type ColumnDef,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import { cn } from './class-names';
import { GridHeaderCell } from './grid-header-cell';
import { GridRow } from './grid-row';
import { GridSkeleton } from './grid-skeleton';
import { useElementSize } from './use-element-size';

/**
 * A dense table: rows of one height, only those in sight are in the page. The grid has the focus and names its
 * current row (aria-activedescendant); keys are the screen's affair, through `cursorKey` and the handle.
 */
export interface GridColumn<Row> {
  id: string;
  label: string;
  /** In place of the label; such a column keeps its width. */
  header?: ReactNode;
  /** Pixels. */
  width: number;
  /** Its share of the room that is left over, unless the reader set a width. */
  grow?: number;
  align?: 'right';
  cell: (row: Row) => ReactNode;
  /** Set on columns the reader can order by. */
  sort?: { direction: 'asc' | 'desc' | null; toggle: () => void };
}

export interface GridHandle {
  focus(): void;
  scrollToTop(): void;
  scrollToRow(index: number): void;
}

interface DataGridProps<Row> {
  label: string;
  columns: GridColumn<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  hidden: readonly string[];
  widths: Record<string, number>;
  onWidthsChange: (widths: Record<string, number>) => void;
  cursorKey: string | null;
  onCursor: (row: Row, index: number) => void;
  /** A click, Enter. */
  onOpen: (row: Row) => void;
  isMarked?: (row: Row) => boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  onNearEnd: () => void;
  /** Rows stand in as skeletons. */
  isLoading: boolean;
  onTopChange?: (isAtTop: boolean) => void;
  footer?: ReactNode;
  handle?: Ref<GridHandle>;
}

export const rowHeightPx = 32;
const features = tableFeatures({ columnVisibilityFeature, columnSizingFeature, columnResizingFeature });
const skeletonRows = 40;
const nearEndRows = 30;

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, rows, rowKey, hidden, widths, onWidthsChange, hasMore, isLoading, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const defs = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof features, { row: Row }> => ({
          id: column.id,
          header: column.label,
          size: column.width,
          minSize: Math.min(48, column.width),
          maxSize: 1200,
        }),
      ),
    [columns],
  );
  const table = useTable({
    features,
    columns: defs,
    data: noRows as { row: Row }[],
    columnResizeMode: 'onChange',
    state: {
      columnVisibility: Object.fromEntries(hidden.map((id) => [id, false])),
      columnSizing: widths,
    },
    onColumnSizingChange: (updater) =>
      onWidthsChange(typeof updater === 'function' ? updater(widths) : updater),
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const shownIds = headers.map((header) => header.column.id).join('\n');
  const shown = useMemo(() => shownIds.split('\n').flatMap((id) => byId.get(id) ?? []), [shownIds, byId]);
  const { ref: sizeRef, width: roomWidth } = useElementSize();
  const plannedWidth = headers.reduce((sum, header) => sum + header.getSize(), 0);
  const growOf = (id: string) => (widths[id] === undefined ? (byId.get(id)?.grow ?? 0) : 0);
  const growth = headers.reduce((sum, header) => sum + growOf(header.column.id), 0);
  const spare = growth ? Math.max(0, Math.floor(roomWidth - plannedWidth)) : 0;
  const totalWidth = plannedWidth + spare;
  const vars = Object.fromEntries(
    headers.map((header) => {
      const { id } = header.column;
      return [`--w-${id}`, `${header.getSize() + (growth ? (spare * growOf(id)) / growth : 0)}px`];
    }),
  ) as CSSProperties;

  const virtualizer = useVirtualizer({
    count: isLoading ? 0 : rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => (rows[index] ? rowKey(rows[index]) : index),
    overscan: 12,
    paddingStart: rowHeightPx,
    scrollPaddingStart: rowHeightPx,
  });
  useImperativeHandle(
    props.handle,
    () => ({
      focus: () => scroller.current?.focus({ preventScroll: true }),
      scrollToTop: () => scroller.current?.scrollTo({ top: 0 }),
      scrollToRow: (index) => virtualizer.scrollToIndex(index),
    }),
    [virtualizer],
  );

  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      sizeRef(element);
    },
    [sizeRef],
  );
  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  const isNearEnd = hasMore && !isLoading && lastIndex >= rows.length - nearEndRows;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, onNearEnd]);

  const cursorIndex =
    props.cursorKey === null ? -1 : rows.findIndex((row) => rowKey(row) === props.cursorKey);
  return (
    <div
      ref={attach}
      role="grid"
      aria-label={props.label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-busy={isLoading}
      aria-activedescendant={cursorIndex >= 0 ? `row-${props.cursorKey}` : undefined}
      tabIndex={0}
      onScroll={(event) => props.onTopChange?.(event.currentTarget.scrollTop < rowHeightPx)}
      className="relative h-full overflow-auto bg-surface outline-none focus-visible:shadow-[inset_0_0_0_1px_var(--accent)]"
      style={{ ...vars, overflowAnchor: 'none' }}
    >
      <div style={{ height: virtualizer.getTotalSize(), minWidth: totalWidth }} className="relative">
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-20 flex border-b border-line bg-canvas text-2xs font-medium text-ink-muted"
          style={{ height: rowHeightPx }}
        >
          {headers.map((header) => {
            const column = byId.get(header.column.id);
            return column ? (
              <GridHeaderCell
                key={header.id}
                column={column}
                isResizing={header.column.getIsResizing()}
                onResizeStart={header.getResizeHandler()}
                onResizeReset={() => {
                  const { [column.id]: _, ...rest } = widths;
                  onWidthsChange(rest);
                }}
              />
            ) : null;
          })}
        </div>
        {isLoading ? (
          <GridSkeleton
            columnIds={shown.map((column) => column.id)}
            rowCount={skeletonRows}
            rowHeightPx={rowHeightPx}
          />
        ) : (
          items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <GridRow
                key={item.key}
                row={row}
                id={rowKey(row)}
                index={item.index}
                top={item.start}
                columns={shown}
                isCursor={item.index === cursorIndex}
                isMarked={props.isMarked?.(row) ?? false}
                onCursor={props.onCursor}
                onOpen={props.onOpen}
              />
            );
          })
        )}
      </div>
      <div className={cn('flex h-10 items-center px-3 text-xs text-ink-faint', isLoading && 'hidden')}>
        {props.isLoadingMore ? 'Loading more…' : props.footer}
      </div>
    </div>
  );
}

const noRows: never[] = [];
