'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { cn } from './class-names';
import { splitRows } from './text-lines';

interface TextViewerProps {
  text: string;
  label: string;
  /** Tallest the viewer gets, in pixels. */
  maxHeight: number;
  className?: string;
}

/** A text as it is, of any length: only the rows in sight are in the page. */
export function TextViewer({ text, label, maxHeight, className }: TextViewerProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const offsets = useMemo(() => splitRows(text), [text]);
  const virtualizer = useVirtualizer({
    count: offsets.length / 2,
    getScrollElement: () => scroller.current,
    estimateSize: () => 18,
    overscan: 8,
  });
  return (
    <section
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      className={cn('overflow-auto rounded-md border border-line bg-surface font-mono text-xs', className)}
      style={{ maxHeight }}
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            data-index={item.index}
            ref={virtualizer.measureElement}
            className="absolute inset-x-0 top-0 min-h-4.5 px-2.5 break-all whitespace-pre-wrap"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {text.slice(offsets[item.index * 2], offsets[item.index * 2 + 1])}
          </div>
        ))}
      </div>
    </section>
  );
}
