import { cn } from '../class-names';
import { formatMicroseconds } from '../format/duration';
import type { TimeWindow } from './span-tree';

export interface SpanLook {
  /** A CSS colour. */
  colour: string;
  /** Failed: hatched, with a cross, in red. */
  isMarked: boolean;
  /** When the first piece of the answer came; the bar is pale before it. */
  firstUs: number | null;
  /** How much its own time weighs in the whole. */
  weight: 'hot' | 'warm' | 'none';
}

interface SpanBarProps {
  look: SpanLook;
  startUs: number;
  durationUs: number | null;
  window: TimeWindow;
  /** Pixels of the whole timeline. */
  width: number;
}

const leastPx = 2;
const labelPx = 62;
const insetPx = 8;
const weightClass = { hot: 'font-semibold text-danger', warm: 'text-warn', none: 'text-ink-muted' };

export function SpanBar({ look, startUs, durationUs, window, width }: SpanBarProps) {
  const spanUs = Math.max(1, window.endUs - window.startUs);
  const inner = Math.max(0, width - insetPx * 2);
  const toPx = (us: number) => ((us - window.startUs) / spanUs) * inner;
  const rawLeft = toPx(startUs);
  const rawRight = durationUs === null ? rawLeft : toPx(startUs + durationUs);
  const left = Math.max(0, Math.min(inner, rawLeft));
  const right = Math.max(left, Math.min(inner, rawRight));
  const isOutside = rawRight < 0 || rawLeft > inner;
  const barWidth = Math.max(leastPx, right - left);
  const first = look.firstUs === null ? 0 : Math.max(0, Math.min(barWidth, toPx(look.firstUs) - left));
  const fitsAfter = inner - right > labelPx;
  const colour = look.isMarked ? 'var(--danger)' : look.colour;
  return (
    <div className="relative h-full flex-1 overflow-hidden">
      {isOutside ? null : (
        <>
          <div
            className="absolute top-1.75 h-3.5 overflow-hidden rounded-[3px]"
            style={{
              left: insetPx + left,
              width: barWidth,
              background: look.isMarked
                ? `repeating-linear-gradient(135deg, ${colour} 0 4px, color-mix(in oklch, ${colour} 60%, var(--surface)) 4px 6px)`
                : colour,
              opacity: 0.88,
            }}
          >
            {first > 1 ? (
              <div
                className="h-full border-r border-surface bg-surface/55"
                style={{ width: first }}
                title={`First token after ${formatMicroseconds((look.firstUs ?? 0) - startUs)}`}
              />
            ) : null}
          </div>
          <span
            className={cn(
              'absolute top-1.5 text-2xs leading-4 whitespace-nowrap tabular-nums',
              weightClass[look.weight],
            )}
            style={
              fitsAfter
                ? { left: insetPx + left + barWidth + 4 }
                : left > labelPx
                  ? { right: width - insetPx - left + 4 }
                  : {
                      left: insetPx + left + Math.max(first, 0) + 5,
                      color: 'var(--surface)',
                      fontWeight: 500,
                    }
            }
          >
            {durationUs === null ? 'no end' : formatMicroseconds(durationUs)}
          </span>
        </>
      )}
    </div>
  );
}
