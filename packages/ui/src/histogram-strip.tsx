'use client';
import { type PointerEvent as ReactPointerEvent, useState } from 'react';
import { cn } from './class-names';
import { useElementSize } from './use-element-size';

export interface HistogramBucket {
  /** Milliseconds since the epoch. */
  startMs: number;
  count: number;
  /** How many of `count` are marked (failed). */
  markedCount: number;
}

interface HistogramStripProps {
  label: string;
  buckets: HistogramBucket[];
  /** End of the last bucket. */
  endMs: number;
  isLoading: boolean;
  describe: (bucket: HistogramBucket, endMs: number) => string[];
  /** Called with a range when a stretch was dragged over; `withShift` when that key was held. */
  onSelect: (fromMs: number, toMs: number, withShift: boolean) => void;
  className?: string;
}

/** Counts over time; drag over a stretch to choose it. Marked counts are red and hatched. */
export function HistogramStrip({
  label,
  buckets,
  endMs,
  isLoading,
  describe,
  onSelect,
  className,
}: HistogramStripProps) {
  const { ref, width, height } = useElementSize();
  const [hover, setHover] = useState<number | null>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const max = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const step = buckets.length ? width / buckets.length : 0;
  const indexAt = (event: ReactPointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(buckets.length - 1, Math.floor((event.clientX - left) / step)));
  };
  const endOf = (index: number) => buckets[index + 1]?.startMs ?? endMs;
  const hovered = hover === null ? undefined : buckets[hover];
  const [low, high] = drag ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : [0, -1];
  return (
    <div
      ref={ref}
      role="img"
      aria-label={label}
      className={cn('relative touch-none select-none', buckets.length > 0 && 'cursor-crosshair', className)}
      onPointerMove={(event) => {
        if (!buckets.length) return;
        const index = indexAt(event);
        setHover(index);
        if (drag) setDrag({ from: drag.from, to: index });
      }}
      onPointerLeave={() => setHover(null)}
      onPointerDown={(event) => {
        if (!buckets.length || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const index = indexAt(event);
        setDrag({ from: index, to: index });
      }}
      onPointerUp={(event) => {
        if (drag && buckets[low]) onSelect(buckets[low].startMs, endOf(high), event.shiftKey);
        setDrag(null);
      }}
      onPointerCancel={() => setDrag(null)}
    >
      <svg
        width={width}
        height={height}
        aria-hidden="true"
        className={cn('block', isLoading && 'opacity-50')}
      >
        <defs>
          <pattern
            id="histogram-marked"
            width="4"
            height="4"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="4" height="4" fill="var(--danger)" />
            <rect width="1.5" height="4" fill="var(--surface)" opacity="0.55" />
          </pattern>
        </defs>
        <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--line)" />
        {buckets.map((bucket, index) => {
          const full = bucket.count ? Math.max(2, (bucket.count / max) * (height - 4)) : 0;
          const marked = bucket.markedCount ? Math.max(2, (bucket.markedCount / bucket.count) * full) : 0;
          const x = index * step;
          const barWidth = Math.max(1, step - (step > 4 ? 1.5 : 0.5));
          return (
            <g key={bucket.startMs}>
              {index === hover && !drag ? (
                <rect x={x} y={0} width={step} height={height} fill="var(--hover)" />
              ) : null}
              <rect
                x={x}
                y={height - full}
                width={barWidth}
                height={Math.max(0, full - marked)}
                fill="var(--bar)"
              />
              {marked ? (
                <rect
                  x={x}
                  y={height - marked}
                  width={barWidth}
                  height={marked}
                  fill="url(#histogram-marked)"
                />
              ) : null}
            </g>
          );
        })}
        {drag ? (
          <rect
            x={low * step}
            y={0}
            width={(high - low + 1) * step}
            height={height}
            fill="var(--accent)"
            opacity="0.22"
          />
        ) : null}
      </svg>
      {hovered && hover !== null ? (
        <div
          className="pointer-events-none absolute top-full z-30 mt-1 w-max max-w-72 rounded-md border border-line bg-surface px-2 py-1 text-xs shadow-float"
          style={hover * step < width / 2 ? { left: hover * step } : { right: width - (hover + 1) * step }}
        >
          {describe(hovered, endOf(hover)).map((line) => (
            <div key={line}>{line}</div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
