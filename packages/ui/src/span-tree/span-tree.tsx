'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { cn } from '../class-names';
import { useElementSize } from '../use-element-size';
import { listAncestors, listVisible, type SpanInput, type SpanNode } from './build-tree';
import { SpanBar, type SpanLook } from './span-bar';
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

const rowPx = 28;
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
  const setClosed = (id: string, isClosed: boolean) => {
    const next = new Set(closed);
    if (isClosed) next.add(id);
    else next.delete(id);
    onClosedChange(next);
  };
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
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(1),
      j: () => move(1),
      ArrowUp: () => move(-1),
      k: () => move(-1),
      ArrowLeft: () => fold('in'),
      h: () => fold('in'),
      ArrowRight: () => fold('out'),
      l: () => fold('out'),
      PageDown: () => move(page),
      PageUp: () => move(-page),
      Home: () => move(-visible.length),
      End: () => move(visible.length),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  };

  const timelineWidth = props.showTimeline ? Math.max(0, width - props.labelWidth) : 0;
  const span = Math.max(1, props.window.endUs - props.window.startUs);
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
            const isSelected = id === selectedId;
            const isHit = hits?.has(id);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys for its current row
              // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus (aria-activedescendant)
              <div
                key={item.key}
                id={`span-${id}`}
                role="treeitem"
                aria-level={node.depth + 1}
                aria-expanded={node.childCount ? !closed.has(id) : undefined}
                aria-selected={isSelected}
                onClick={() => onSelect(id)}
                className={cn(
                  'absolute inset-x-0 top-0 flex cursor-pointer items-center hover:bg-hover',
                  isHit && 'bg-warn-soft hover:bg-warn-soft',
                  isSelected && 'bg-active shadow-[inset_2px_0_0_var(--accent)] hover:bg-active',
                  hits && !isHit && !isSelected && 'opacity-45',
                )}
                style={{ height: rowPx, transform: `translateY(${item.start}px)` }}
              >
                <div
                  className="flex h-full min-w-0 items-center overflow-hidden"
                  style={{ width: props.showTimeline ? props.labelWidth : '100%' }}
                >
                  <Guides depth={node.depth} />
                  <FoldButton
                    node={node}
                    isClosed={closed.has(id)}
                    onToggle={(isClosed) => setClosed(id, isClosed)}
                  />
                  {props.renderLabel(node, closed.has(id))}
                </div>
                {props.showTimeline ? (
                  <SpanBar
                    look={props.look(node)}
                    startUs={node.span.startUs}
                    durationUs={node.span.durationUs}
                    window={props.window}
                    spanUs={span}
                    width={timelineWidth}
                  />
                ) : null}
              </div>
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

const indentPx = 14;
const deepestIndent = 24;

/** Lines that lead the eye from a span up to its ancestors; very deep trees stop moving right. */
function Guides({ depth }: { depth: number }) {
  const shown = Math.min(depth, deepestIndent);
  return (
    <span
      aria-hidden
      className="h-full shrink-0"
      style={{
        width: 4 + shown * indentPx,
        backgroundImage: shown
          ? 'repeating-linear-gradient(to right, transparent 0 7px, var(--line) 7px 8px, transparent 8px 14px)'
          : undefined,
        backgroundPosition: '4px 0',
        backgroundSize: `${shown * indentPx}px 100%`,
        backgroundRepeat: 'no-repeat',
      }}
    />
  );
}

interface FoldButtonProps {
  node: SpanNode<SpanInput>;
  isClosed: boolean;
  onToggle: (isClosed: boolean) => void;
}

function FoldButton({ node, isClosed, onToggle }: FoldButtonProps) {
  if (!node.childCount) return <span className="w-4 shrink-0" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={isClosed ? 'Show children' : 'Hide children'}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(!isClosed);
      }}
      className="grid h-full w-4 shrink-0 place-items-center text-ink-faint hover:text-ink"
    >
      <svg viewBox="0 0 8 8" className={cn('size-2', !isClosed && 'rotate-90')} aria-hidden="true">
        <path d="M2 0.5 6 4 2 7.5z" fill="currentColor" />
      </svg>
    </button>
  );
}
