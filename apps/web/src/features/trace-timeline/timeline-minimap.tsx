'use client';
import { cn, type SpanNode, type TimeWindow } from '@tracewell/ui';
import { type PointerEvent, useEffect, useRef } from 'react';
import { observationLooks } from '../trace/observation-look';
import type { TraceSpan } from '../trace/trace-spans';
import { readColours } from './draw-timeline';
import { sizeCanvas } from './size-canvas';
import { fitWindow, toPx, toUs } from './timeline-window';
import { useThemeVersion } from './use-theme-version';

interface TimelineMinimapProps {
  nodes: readonly SpanNode<TraceSpan>[];
  hits: ReadonlySet<string> | null;
  whole: TimeWindow;
  window: TimeWindow;
  width: number;
  onWindowChange: (window: TimeWindow | null) => void;
}

const heightPx = 44;

/** The whole trace in a strip. Dragging it moves the window; keys do the same, so readers by ear miss nothing. */
export function TimelineMinimap(props: TimelineMinimapProps) {
  const { nodes, hits, whole, window, width, onWindowChange } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const grabUs = useRef<number | null>(null);
  const theme = useThemeVersion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the page
  useEffect(() => {
    const context = canvas.current && sizeCanvas(canvas.current, width, heightPx);
    if (!context || !canvas.current) return;
    const colour = readColours(canvas.current);
    context.clearRect(0, 0, width, heightPx);
    const line = Math.min(3, heightPx / Math.max(1, nodes.length));
    for (const { span, index } of nodes) {
      const { observation } = span;
      const left = toPx(span.startUs, whole, width);
      const right = span.durationUs === null ? width : toPx(span.startUs + span.durationUs, whole, width);
      const isError = observation?.level === 'ERROR';
      context.globalAlpha = (hits && !hits.has(span.id)) || span.durationUs === null ? 0.25 : 1;
      context.fillStyle = colour(
        isError ? '--danger' : observationLooks[observation?.type ?? 'TRACE'].colour,
      );
      // What failed stays in sight however thin its line is.
      context.fillRect(
        left,
        index * line,
        Math.max(1, right - left),
        isError ? Math.max(2, line) : Math.max(0.6, line - 0.4),
      );
    }
  }, [nodes, hits, whole, width, theme]);
  const spanUs = window.endUs - window.startUs;
  const move = (event: PointerEvent) => {
    if (grabUs.current === null) return;
    const startUs = toUs(event.nativeEvent.offsetX, whole, width) - grabUs.current;
    onWindowChange(fitWindow({ startUs, endUs: startUs + spanUs }, whole));
  };
  return (
    <div
      aria-hidden
      className="relative shrink-0 cursor-grab touch-none overflow-hidden border-b border-line bg-sunken active:cursor-grabbing"
      style={{ height: heightPx }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = toUs(event.nativeEvent.offsetX, whole, width);
        const isInside = at >= window.startUs && at <= window.endUs;
        grabUs.current = isInside ? at - window.startUs : spanUs / 2;
        move(event);
      }}
      onPointerMove={move}
      onPointerUp={() => {
        grabUs.current = null;
      }}
    >
      <canvas ref={canvas} className="pointer-events-none absolute inset-0 size-full" />
      <div
        className={cn(
          'pointer-events-none absolute inset-y-0 border-x-2 border-accent',
          spanUs < whole.endUs - whole.startUs && 'bg-accent/15',
        )}
        style={{
          left: toPx(window.startUs, whole, width),
          width: Math.max(
            4,
            toPx(window.startUs + spanUs, whole, width) - toPx(window.startUs, whole, width),
          ),
        }}
      />
    </div>
  );
}
