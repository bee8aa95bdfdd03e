'use client';
import { useState } from 'react';
import { formatMicroseconds } from '../format/duration';
import type { TimeWindow } from './span-tree';
import { listTicks } from './ticks';

interface SpanRulerProps {
  window: TimeWindow;
  left: number;
  width: number;
  height: number;
  onWindowChange: (window: TimeWindow | null) => void;
}

const insetPx = 8;

/** Marks of time above the bars. Drag over a stretch to look closer, double-click to see all. */
export function SpanRuler({ window, left, width, height, onWindowChange }: SpanRulerProps) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const inner = Math.max(1, width - insetPx * 2);
  const span = Math.max(1, window.endUs - window.startUs);
  const ticks = listTicks(window.startUs, window.endUs, Math.max(1, Math.floor(inner / 72)));
  const timeAt = (x: number) => window.startUs + (Math.max(0, Math.min(inner, x - insetPx)) / inner) * span;
  return (
    <div
      className="sticky top-0 z-10 border-b border-line bg-canvas text-2xs text-ink-faint"
      style={{ height }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's way of zooming; `z` is the keyboard's */}
      <div
        className="absolute inset-y-0 touch-none cursor-crosshair select-none"
        style={{ left, width }}
        title="Drag to zoom in, double-click to see all"
        onDoubleClick={() => onWindowChange(null)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
          setDrag({ from: x, to: x });
        }}
        onPointerMove={(event) => {
          if (!drag) return;
          setDrag({ from: drag.from, to: event.clientX - event.currentTarget.getBoundingClientRect().left });
        }}
        onPointerUp={() => {
          if (drag && Math.abs(drag.to - drag.from) > 6) {
            const [a, b] = [timeAt(drag.from), timeAt(drag.to)];
            onWindowChange({ startUs: Math.min(a, b), endUs: Math.max(a, b) });
          }
          setDrag(null);
        }}
        onPointerCancel={() => setDrag(null)}
      >
        {ticks.map((tick) => {
          const x = insetPx + ((tick - window.startUs) / span) * inner;
          return (
            <span
              key={tick}
              className="absolute top-0 h-full border-l border-line pl-1 leading-6 whitespace-nowrap tabular-nums"
              style={{ left: x }}
            >
              {x < width - 40 ? formatMicroseconds(tick).replace(/\.0+ /, ' ') : ''}
            </span>
          );
        })}
        {drag ? (
          <span
            className="absolute inset-y-0 bg-accent/25"
            style={{ left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
          />
        ) : null}
      </div>
    </div>
  );
}
