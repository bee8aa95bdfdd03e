'use client';
import {
  formatMicroseconds,
  listVisible,
  type SpanNode,
  type TimeWindow,
  useElementSize,
  useHotkeys,
} from '@tracewell/ui';
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { observationLooks } from '../trace/observation-look';
import type { TraceSpan } from '../trace/trace-spans';
import { findCriticalPath } from './critical-path';
import { drawTimeline, readColours, rowPx, rulerPx } from './draw-timeline';
import { sizeCanvas } from './size-canvas';
import { TimelineMinimap } from './timeline-minimap';
import { panWindow, toUs, zoomWindow } from './timeline-window';
import { useThemeVersion } from './use-theme-version';

interface TimelinePaneProps {
  nodes: SpanNode<TraceSpan>[];
  closed: ReadonlySet<string>;
  selectedId: string;
  onSelect: (id: string) => void;
  /** null: nothing is searched for. */
  hits: ReadonlySet<string> | null;
  whole: TimeWindow;
  window: TimeWindow;
  onWindowChange: (window: TimeWindow | null) => void;
  /** Keys that belong to this view now; another list may have them. */
  isMine: () => boolean;
}

const zoomStep = 0.7;
/** Rows read to those who listen, to each side of the selection. */
const spokenRows = 10;

/** When everything happened, on one canvas; folding, zoom, selection and search are the tree's. */
export function TimelinePane(props: TimelinePaneProps) {
  const { nodes, closed, selectedId, hits, whole, window: shown, onWindowChange } = props;
  const visible = useMemo(() => listVisible(nodes, closed), [nodes, closed]);
  const path = useMemo(() => findCriticalPath(nodes), [nodes]);
  const cursor = useMemo(
    () => visible.findIndex((index) => nodes[index]?.span.id === selectedId),
    [visible, nodes, selectedId],
  );
  const { ref: sizeRef, width, height } = useElementSize();
  const theme = useThemeVersion();
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef(0);
  const hoverPx = useRef<number | null>(null);
  const drag = useRef<{ x: number; window: TimeWindow; moved: boolean } | null>(null);

  const draw = useRef(() => {});
  draw.current = () => {
    const context = canvas.current && sizeCanvas(canvas.current, width, height);
    if (!context || !canvas.current) return;
    const scrollPx = scroller.current?.scrollTop ?? 0;
    drawTimeline(
      context,
      {
        nodes,
        visible,
        closed,
        path,
        hits,
        selectedId,
        window: shown,
        wholeEndUs: whole.endUs,
        width,
        height,
        scrollPx,
        hoverPx: hoverPx.current,
      },
      readColours(canvas.current),
    );
  };
  const requestDraw = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => draw.current());
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn
  useEffect(requestDraw, [nodes, visible, path, hits, selectedId, shown, width, height, theme]);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  useEffect(() => {
    const element = scroller.current;
    if (!element || cursor < 0 || height === 0) return;
    const top = cursor * rowPx;
    const room = height - rulerPx;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowPx > element.scrollTop + room) element.scrollTop = top + rowPx - room;
  }, [cursor, height]);

  const latest = useRef({ shown, whole, width, onWindowChange });
  latest.current = { shown, whole, width, onWindowChange };
  const zoom = (factor: number) =>
    onWindowChange(zoomWindow(shown, whole, factor, (shown.startUs + shown.endUs) / 2));
  const key = (run: () => void) => () => (props.isMine() ? run() : false);
  useHotkeys({
    '+': key(() => zoom(zoomStep)),
    '=': key(() => zoom(zoomStep)),
    '-': key(() => zoom(1 / zoomStep)),
    '0': key(() => onWindowChange(null)),
  });
  // React listens passively to wheels, and a pinch must not zoom the page.
  useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent) => {
      const { shown: from, whole: all, width: px, onWindowChange: change } = latest.current;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const left = element?.getBoundingClientRect().left ?? 0;
        change(zoomWindow(from, all, Math.exp(event.deltaY * 0.004), toUs(event.clientX - left, from, px)));
      } else if (event.deltaX !== 0 || event.shiftKey) {
        event.preventDefault();
        const by = event.deltaX || event.deltaY;
        change(panWindow(from, all, (by / Math.max(1, px)) * (from.endUs - from.startUs)));
      }
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.shiftKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    const by = (shown.endUs - shown.startUs) / 5;
    onWindowChange(panWindow(shown, whole, event.key === 'ArrowLeft' ? -by : by));
  };
  const onPointerMove = (event: PointerEvent) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    hoverPx.current = event.clientX - left;
    requestDraw();
    if (!drag.current) return;
    const byPx = drag.current.x - event.clientX;
    if (Math.abs(byPx) > 3) drag.current.moved = true;
    const from = drag.current.window;
    if (drag.current.moved)
      onWindowChange(panWindow(from, whole, (byPx / Math.max(1, width)) * (from.endUs - from.startUs)));
  };
  const onPointerUp = (event: PointerEvent) => {
    const { moved } = drag.current ?? { moved: true };
    drag.current = null;
    const element = scroller.current;
    if (moved || !element) return;
    const y = event.clientY - element.getBoundingClientRect().top - rulerPx;
    const node = nodes[visible[Math.floor((y + element.scrollTop) / rowPx)] ?? -1];
    if (y >= 0 && node) props.onSelect(node.span.id);
  };
  const spokenFrom = Math.max(0, cursor - spokenRows);
  return (
    <section aria-label="Timeline of the trace" className="flex h-full min-h-0 flex-col bg-surface">
      <TimelineMinimap
        nodes={nodes}
        hits={hits}
        whole={whole}
        window={shown}
        width={width}
        onWindowChange={onWindowChange}
      />
      <div ref={sizeRef} className="relative min-h-0 flex-1">
        <div
          ref={scroller}
          role="tree"
          aria-label="Timeline"
          aria-activedescendant={cursor >= 0 ? `bar-${selectedId}` : undefined}
          tabIndex={0}
          className="absolute inset-0 overflow-x-hidden overflow-y-auto outline-none focus-visible:shadow-[inset_0_0_0_1px_var(--accent)]"
          onScroll={requestDraw}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            if (event.button === 0 && event.pointerType !== 'touch')
              drag.current = { x: event.clientX, window: shown, moved: false };
          }}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerLeave={() => {
            hoverPx.current = null;
            drag.current = null;
            requestDraw();
          }}
        >
          <div style={{ height: visible.length * rowPx + rulerPx }}>
            <canvas ref={canvas} aria-hidden className="sticky top-0 block" style={{ width, height }} />
          </div>
          <div className="sr-only top-0">
            {visible.slice(spokenFrom, cursor + spokenRows + 1).map((index, offset) => {
              const node = nodes[index]!;
              const { id } = node.span;
              return (
                <div
                  key={id}
                  id={`bar-${id}`}
                  role="treeitem"
                  tabIndex={-1}
                  aria-level={node.depth + 1}
                  aria-posinset={spokenFrom + offset + 1}
                  aria-setsize={visible.length}
                  aria-selected={id === selectedId}
                  aria-expanded={node.childCount ? !closed.has(id) : undefined}
                >
                  {describeBar(node, path.has(id))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <p className="shrink-0 truncate border-t border-line px-2.5 py-1 text-2xs text-ink-muted">
        Underlined: the critical path ({Math.max(0, path.size - 1)}). + − zoom, 0 whole, Shift ← → pan.
      </p>
    </section>
  );
}

function describeBar({ span }: SpanNode<TraceSpan>, isCritical: boolean): string {
  const { observation } = span;
  return [
    `${observationLooks[observation?.type ?? 'TRACE'].label} ${span.name || 'unnamed'}`,
    `starts at ${formatMicroseconds(span.startUs)}`,
    span.durationUs === null ? 'has no end' : `takes ${formatMicroseconds(span.durationUs)}`,
    observation?.completionStartOffsetUs != null
      ? `first token after ${formatMicroseconds(observation.completionStartOffsetUs - span.startUs)}`
      : '',
    observation?.level === 'ERROR' ? 'failed' : '',
    isCritical && observation ? 'on the critical path' : '',
  ]
    .filter(Boolean)
    .join(', ');
}
