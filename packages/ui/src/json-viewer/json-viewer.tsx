'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { cn } from '../class-names';
import { JsonRowView } from './json-row-view';
import { listJsonRows, planInitialOpen } from './rows';

interface JsonViewerProps {
  value: unknown;
  label: string;
  /** Tallest the viewer gets, in pixels. */
  maxHeight: number;
  className?: string;
}

/** A JSON value as a tree to open and close. Arrow keys move and fold; only rows in sight are in the page. */
export function JsonViewer({ value, label, maxHeight, className }: JsonViewerProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(() => planInitialOpen(value));
  const [cursor, setCursor] = useState(0);
  useEffect(() => {
    setOpen(planInitialOpen(value));
    setCursor(0);
  }, [value]);
  const rows = useMemo(() => listJsonRows(value, (id) => open.has(id)), [value, open]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
  });
  const toggle = (id: string, wanted?: boolean) =>
    setOpen((old) => {
      const next = new Set(old);
      if (wanted ?? !old.has(id)) next.add(id);
      else next.delete(id);
      return next;
    });
  const moveTo = (index: number) => {
    const bounded = Math.max(0, Math.min(rows.length - 1, index));
    setCursor(bounded);
    virtualizer.scrollToIndex(bounded);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[cursor];
    if (!row || event.target !== event.currentTarget) return;
    if (event.key === 'ArrowDown' || event.key === 'j') moveTo(cursor + 1);
    else if (event.key === 'ArrowUp' || event.key === 'k') moveTo(cursor - 1);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(rows.length - 1);
    else if (event.key === 'ArrowRight' && row.kind === 'closed') toggle(row.id, true);
    else if (event.key === 'ArrowRight') moveTo(cursor + 1);
    else if (event.key === 'ArrowLeft' && row.kind === 'open') toggle(row.id, false);
    else if (event.key === 'ArrowLeft') moveTo(findParent(cursor));
    else if ((event.key === 'Enter' || event.key === ' ') && row.kind !== 'leaf') toggle(row.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const findParent = (index: number) => {
    const depth = rows[index]?.depth ?? 0;
    let at = index;
    while (at > 0 && (rows[at]?.depth ?? 0) >= depth) at--;
    return at;
  };
  const idPrefix = `${label.replace(/\W+/g, '-')}-`;
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={label}
      aria-activedescendant={`${idPrefix}${cursor}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={cn(
        'group overflow-auto rounded-md border border-line bg-surface font-mono text-xs',
        className,
      )}
      style={{ maxHeight }}
    >
      <div className="relative my-1" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={item.key}
              id={`${idPrefix}${item.index}`}
              data-index={item.index}
              ref={virtualizer.measureElement}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-expanded={row.kind === 'leaf' ? undefined : row.kind === 'open'}
              aria-selected={item.index === cursor}
              tabIndex={-1}
              className={cn(
                'absolute inset-x-0 top-0 hover:bg-hover',
                item.index === cursor && 'group-focus-visible:bg-active',
              )}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <JsonRowView row={row} onToggle={() => toggle(row.id)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
