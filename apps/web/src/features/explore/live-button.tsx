'use client';
import { Button, cn, Tooltip } from '@tracewell/ui';

interface LiveButtonProps {
  /** What a row is: `trace`. */
  one: string;
  isOn: boolean;
  /** Why it cannot be live now; null when it can. */
  hindrance: string | null;
  error: string | null;
  onToggle: () => void;
}

export function LiveButton({ one, isOn, hindrance, error, onToggle }: LiveButtonProps) {
  const isLive = isOn && !hindrance;
  const text =
    hindrance ??
    (error
      ? `New ${one}s cannot be fetched: ${error}`
      : isLive
        ? `New ${one}s appear within seconds. Click to pause.`
        : `Paused. Click to follow new ${one}s.`);
  return (
    <Tooltip content={text}>
      <Button
        aria-pressed={isLive}
        onClick={onToggle}
        disabled={Boolean(hindrance)}
        className="w-17 disabled:pointer-events-auto max-sm:w-7"
        aria-label={isLive ? 'Live' : 'Paused'}
      >
        <span
          aria-hidden
          className={cn(
            'size-2 rounded-full',
            isLive && !error && 'animate-pulse bg-ok',
            isLive && error && 'bg-warn',
            !isLive && 'border border-line-strong',
          )}
        />
        <span className="max-sm:hidden">{isLive ? (error ? 'Retrying' : 'Live') : 'Paused'}</span>
      </Button>
    </Tooltip>
  );
}
