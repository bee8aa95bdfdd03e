'use client';
import { useCallback, useRef, useState } from 'react';

/** Width and height of an element in CSS pixels, 0 before the first measure. Give `ref` to the element. */
export function useElementSize(): {
  ref: (element: HTMLElement | null) => void;
  width: number;
  height: number;
} {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const observer = useRef<ResizeObserver | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (!element) return;
    observer.current = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    });
    observer.current.observe(element);
    const { width, height } = element.getBoundingClientRect();
    setSize({ width, height });
  }, []);
  return { ref, ...size };
}
