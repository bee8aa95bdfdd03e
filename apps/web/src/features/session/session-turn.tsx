'use client';
import { cn, describeTime, formatCompact, formatDuration, formatMoney, formatTime } from '@tracewell/ui';
import { useEffect, useRef } from 'react';
import type { TraceDetail } from '../../api-client/types';
import { scoresCell } from '../explore/cells';
import { LevelMark } from '../explore/level-mark';
import { PayloadSection } from '../payload/payload-section';
import type { Turn } from '../trace-transcript/grow-transcript';
import { Messages, RepeatedMessages } from '../trace-transcript/turn-messages';

interface SessionTurnProps {
  number: number;
  turn: Turn;
  trace: TraceDetail;
  isOpen: boolean;
  onOpen: (traceId: string) => void;
}

/** One trace of a session: what was asked that had not been said before, what came back, and what it took. */
export function SessionTurn({ number, turn, trace, isOpen, onOpen }: SessionTurnProps) {
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const isUnread = turn.added.length === 0 && turn.repeated.length === 0;
  return (
    <li
      ref={card}
      className={cn(
        'rounded-lg border bg-surface p-2.5 [contain-intrinsic-size:auto_320px] [content-visibility:auto]',
        isOpen ? 'border-accent' : 'border-line',
      )}
    >
      <button
        type="button"
        aria-pressed={isOpen}
        onClick={() => onOpen(trace.id)}
        className="mb-2 flex w-full items-center gap-2 text-left text-xs hover:text-accent"
      >
        <span className="text-ink-faint tabular-nums">{number}</span>
        <LevelMark level={trace.level} />
        <span className="truncate font-medium">{trace.name || 'Unnamed trace'}</span>
        <time
          dateTime={trace.timestamp}
          title={describeTime(trace.timestamp).join('\n')}
          className="shrink-0 text-ink-muted tabular-nums"
        >
          {formatTime(trace.timestamp)}
        </time>
        <span className="ml-auto flex shrink-0 gap-2.5 text-ink-muted tabular-nums">
          {measuresOf(trace).map((measure) => (
            <span key={measure}>{measure}</span>
          ))}
        </span>
      </button>
      <div className="space-y-1.5">
        <RepeatedMessages messages={turn.repeated} />
        <Messages messages={turn.added} />
        {isUnread && trace.input ? <PayloadSection title="Input" raw={trace.input} /> : null}
        {turn.said.length > 0 ? (
          <Messages messages={turn.said} />
        ) : trace.output ? (
          <PayloadSection title="Output" raw={trace.output} />
        ) : null}
        {isUnread && !trace.input && !trace.output && turn.said.length === 0 ? (
          <p className="text-xs text-ink-faint">This trace recorded neither input nor output.</p>
        ) : null}
        {trace.scores.length > 0 ? <div className="pt-1 text-xs">{scoresCell(trace.scores)}</div> : null}
      </div>
    </li>
  );
}

const measuresOf = (trace: TraceDetail): string[] => [
  formatDuration(trace.latencyMs),
  ...(trace.usage.total ? [`${formatCompact(trace.usage.total)} tokens`] : []),
  ...(trace.totalCost ? [formatMoney(trace.totalCost)] : []),
];
