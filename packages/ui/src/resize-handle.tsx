'use client';
import { cn } from './class-names';

interface ResizeHandleProps {
  label: string;
  /** `x`: a vertical bar that changes a width. */
  axis: 'x' | 'y';
  /** Pixels, of the part before the handle (or after it, with `reverse`). */
  size: number;
  min: number;
  max: number;
  reverse?: boolean;
  onResize: (size: number) => void;
  className?: string;
}

const stepPx = 24;

/** A splitter: drag it, or move it with the arrow keys. */
export function ResizeHandle({
  label,
  axis,
  size,
  min,
  max,
  reverse,
  onResize,
  className,
}: ResizeHandleProps) {
  const clamp = (value: number) => Math.round(Math.max(min, Math.min(max, value)));
  const sign = reverse ? -1 : 1;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable splitter is role=separator, which hr is not
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={Math.round(max)}
      onKeyDown={(event) => {
        const [less, more] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
        if (event.key !== less && event.key !== more) return;
        event.preventDefault();
        event.stopPropagation();
        onResize(clamp(size + (event.key === more ? stepPx : -stepPx) * sign));
      }}
      onPointerDown={(event) => {
        event.preventDefault();
        const handle = event.currentTarget;
        handle.setPointerCapture(event.pointerId);
        const start = axis === 'x' ? event.clientX : event.clientY;
        const move = (next: PointerEvent) =>
          onResize(clamp(size + ((axis === 'x' ? next.clientX : next.clientY) - start) * sign));
        const end = () => {
          handle.removeEventListener('pointermove', move);
          handle.removeEventListener('pointerup', end);
          handle.removeEventListener('pointercancel', end);
        };
        handle.addEventListener('pointermove', move);
        handle.addEventListener('pointerup', end);
        handle.addEventListener('pointercancel', end);
      }}
      className={cn(
        'relative z-10 shrink-0 touch-none bg-line transition-colors hover:bg-accent focus-visible:bg-accent focus-visible:outline-none',
        axis === 'x'
          ? "w-px cursor-col-resize after:absolute after:inset-y-0 after:-left-1 after:w-2.25 after:content-['']"
          : "h-px cursor-row-resize after:absolute after:inset-x-0 after:-top-1 after:h-2.25 after:content-['']",
        className,
      )}
    />
  );
}
