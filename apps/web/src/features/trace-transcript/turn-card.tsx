'use client';
import { Callout, cn, formatCompact, formatMicroseconds, formatMoney } from '@tracewell/ui';
import { useEffect, useRef } from 'react';
import type { ObservationNode, TracePayload } from '../../api-client/types';
import { PayloadSection } from '../payload/payload-section';
import type { Turn } from './grow-transcript';
import { Messages, RepeatedMessages } from './turn-messages';

interface TurnCardProps {
  number: number;
  turn: Turn;
  call: ObservationNode;
  payload: TracePayload;
  isSelected: boolean;
  onSelect: (observationId: string) => void;
}

/** One call: what it read for the first time, what it said, and what it took. */
export function TurnCard({ number, turn, call, payload, isSelected, onSelect }: TurnCardProps) {
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const isUnread = turn.added.length === 0 && turn.repeated.length === 0;
  return (
    <li
      ref={card}
      // Far from sight it is not laid out: hundreds of turns scroll as a few do.
      className={cn(
        'rounded-lg border bg-surface p-2.5 [contain-intrinsic-size:auto_320px] [content-visibility:auto]',
        isSelected ? 'border-accent' : 'border-line',
      )}
    >
      <button
        type="button"
        aria-pressed={isSelected}
        onClick={() => onSelect(turn.id)}
        className="mb-2 flex w-full items-baseline gap-2 text-left text-xs hover:text-accent"
      >
        <span className="text-ink-faint tabular-nums">{number}</span>
        <span className="truncate font-medium">{call.name || 'unnamed'}</span>
        {call.model ? <span className="truncate text-ink-muted">{call.model}</span> : null}
        <span className="ml-auto flex shrink-0 gap-2.5 text-ink-muted tabular-nums">
          {measuresOf(call).map((measure) => (
            <span key={measure}>{measure}</span>
          ))}
        </span>
      </button>
      <div className="space-y-1.5">
        <RepeatedMessages messages={turn.repeated} />
        <Messages messages={turn.added} />
        {isUnread ? <PayloadSection title="Input" raw={shownOf(payload.input, payload.inputBytes)} /> : null}
        {turn.said.length > 0 ? (
          <Messages messages={turn.said} />
        ) : payload.outputBytes > 0 ? (
          <PayloadSection title="Output" raw={shownOf(payload.output, payload.outputBytes)} />
        ) : null}
        {call.level === 'ERROR' ? (
          <Callout tone="danger" title="Failed">
            <p className="font-mono text-xs break-words whitespace-pre-wrap">
              {call.statusMessage || 'No reason was recorded.'}
            </p>
          </Callout>
        ) : null}
      </div>
    </li>
  );
}

function measuresOf(call: ObservationNode): string[] {
  const { total } = call.usage;
  return [
    ...(call.durationUs === null ? [] : [formatMicroseconds(call.durationUs)]),
    ...(total ? [`${formatCompact(total)} tokens`] : []),
    ...(call.cost.total ? [formatMoney(call.cost.total)] : []),
  ];
}

/** What is too large to be sent with the others is told by its size; the details of the observation have it whole. */
const shownOf = (text: string | null, bytes: number): string | null =>
  text === null && bytes > 0 ? `${formatCompact(bytes)} bytes: open the observation to read them.` : text;
