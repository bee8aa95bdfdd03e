'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import { useElementSize } from '../use-element-size';
import { listAncestors, listVisible, type SpanInput, type SpanNode } from './build-tree';
import type { SpanLook } from './span-bar';
import { rowPx, SpanRow } from './span-row';
import { SpanRuler } from './span-ruler';

/**
 * Tree and timeline as one list: a row is a span, its name to the left, its bar to the right, so both share
 * scroll, selection and search. Only rows in sight are in the page; 10,000 spans scroll like ten.
 */
export interface SpanTreeHandle {
  focus(): void;
  /** Moves the selection by so many visible rows. */
  move(by: number): void;
  fold(direction: 'in' | 'out'): void;
}

export interface TimeWindow {
  startUs: number;
  endUs: number;
}

interface SpanTreeProps<Span extends SpanInput> {
  label: string;
  nodes: SpanNode<Span>[];
  closed: ReadonlySet<string>;
  onClosedChange: (closed: Set<string>) => void;
  selectedId: string | null;
  onSelect: (id: string) => void;
  /** Ids that match the search; null when there is none. */
  hits: ReadonlySet<string> | null;
  renderLabel: (node: SpanNode<Span>, isClosed: boolean) => ReactNode;
  look: (node: SpanNode<Span>) => SpanLook;
  /** Pixels of the left part; 0 hides the timeline. */
  labelWidth: number;
  showTimeline: boolean;
  window: TimeWindow;
  onWindowChange: (window: TimeWindow | null) => void;
  handle?: Ref<SpanTreeHandle>;
  /** The splitter between tree and timeline. */
  splitter?: ReactNode;
}

const rulerPx = 24;

export function SpanTree<Span extends SpanInput>(props: SpanTreeProps<Span>) {
  const { nodes, closed, onClosedChange, selectedId, onSelect, hits } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const visible = useMemo(() => listVisible(nodes, closed), [nodes, closed]);
  const indexById = useMemo(() => new Map(nodes.map((node, index) => [node.span.id, index])), [nodes]);
  const selectedIndex = selectedId === null ? -1 : (indexById.get(selectedId) ?? -1);
  const cursor = visible.indexOf(selectedIndex);
  const virtualizer = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (row) => nodes[visible[row] ?? -1]?.span.id ?? row,
    overscan: 16,
    paddingStart: props.showTimeline ? rulerPx : 0,
    scrollPaddingStart: props.showTimeline ? rulerPx + rowPx : rowPx,
    scrollPaddingEnd: rowPx,
  });

  // A selection from outside (URL, search, a jump) opens what hides it, then comes in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the selection moves; folding is the reader's
  useEffect(() => {
    if (selectedIndex < 0) return;
    const hiding = listAncestors(nodes, selectedIndex).filter((id) => closed.has(id));
    if (hiding.length) onClosedChange(new Set([...closed].filter((id) => !hiding.includes(id))));
  }, [selectedIndex]);
  useEffect(() => {
    if (cursor >= 0) virtualizer.scrollToIndex(cursor, { align: 'auto' });
  }, [cursor, virtualizer]);

  const move = (by: number) => {
    const row = cursor < 0 ? 0 : Math.max(0, Math.min(visible.length - 1, cursor + by));
    const node = nodes[visible[row] ?? -1];
    if (node) onSelect(node.span.id);
  };
  const latest = useRef({ closed, onClosedChange });
  latest.current = { closed, onClosedChange };
  /** Keeps its identity, so that rows are drawn anew only when they change. */
  const setClosed = useCallback((id: string, isClosed: boolean) => {
    const next = new Set(latest.current.closed);
    if (isClosed) next.add(id);
    else next.delete(id);
    latest.current.onClosedChange(next);
  }, []);
  const fold = (direction: 'in' | 'out') => {
    const node = nodes[selectedIndex];
    if (!node) return move(0);
    const isClosed = closed.has(node.span.id);
    if (direction === 'in' && node.childCount && !isClosed) setClosed(node.span.id, true);
    else if (direction === 'in') {
      const parent = nodes[node.parentIndex];
      if (parent) onSelect(parent.span.id);
    } else if (node.childCount && isClosed) setClosed(node.span.id, false);
    else if (node.childCount) move(1);
  };
  useImperativeHandle(props.handle, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    move,
    fold,
  }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2);
    if (event.key === 'ArrowLeft' || event.key === 'h') fold('in');
    else if (event.key === 'ArrowRight' || event.key === 'l') fold('out');
    else {
      const by = stepOf(event.key, page, visible.length);
      if (by === 0) return;
      move(by);
    }
    event.preventDefault();
  };

  const timelineWidth = props.showTimeline ? Math.max(0, width - props.labelWidth) : 0;
  return (
    <div ref={sizeRef} className="relative h-full">
      <div
        ref={scroller}
        role="tree"
        aria-label={props.label}
        aria-activedescendant={cursor >= 0 ? `span-${selectedId}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="group h-full overflow-x-hidden overflow-y-auto outline-none focus-visible:shadow-[inset_0_0_0_1px_var(--accent)]"
      >
        <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {props.showTimeline ? (
            <SpanRuler
              window={props.window}
              left={props.labelWidth}
              width={timelineWidth}
              height={rulerPx}
              onWindowChange={props.onWindowChange}
            />
          ) : null}
          {virtualizer.getVirtualItems().map((item) => {
            const node = nodes[visible[item.index] ?? -1];
            if (!node) return null;
            const { id } = node.span;
            return (
              <SpanRow
                key={item.key}
                node={node}
                top={item.start}
                isSelected={id === selectedId}
                mark={hits === null ? 'none' : hits.has(id) ? 'hit' : 'dim'}
                isClosed={closed.has(id)}
                onSelect={onSelect}
                onToggle={setClosed}
                renderLabel={props.renderLabel}
                look={props.look}
                labelWidth={props.showTimeline ? props.labelWidth : null}
                window={props.window}
                timelineWidth={timelineWidth}
              />
            );
          })}
        </div>
      </div>
      {props.showTimeline ? (
        <div className="absolute inset-y-0 z-20 flex" style={{ left: props.labelWidth }}>
          {props.splitter}
        </div>
      ) : null}
    </div>
  );
}

/** Rows a key moves by; 0 for a key that does not move. */
function stepOf(key: string, page: number, all: number): number {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return 1;
    case 'ArrowUp':
    case 'k':
      return -1;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return -all;
    case 'End':
      return all;
    default:
      return 0;
  }
}
