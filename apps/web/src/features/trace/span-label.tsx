'use client';
import { cn, formatCompact, formatMicroseconds, formatMoney, type SpanNode } from '@tracewell/ui';
import { CommentCount } from '../comments/comment-count';
import { LevelMark } from '../explore/level-mark';
import { TypeIcon } from './observation-look';
import { costOf, type Heat, heatOf, type TraceSpan } from './trace-spans';

interface SpanLabelProps {
  node: SpanNode<TraceSpan>;
  isClosed: boolean;
  /** Shown only where no bar says it. */
  showDuration: boolean;
  traceUs: number;
  traceCost: number;
  traceTokens: number;
  commentCount: number;
}

const heatClass: Record<Heat, string> = {
  hot: 'font-semibold text-danger',
  warm: 'text-warn',
  none: 'text-ink-faint',
};

/** A row's name and what it took. Hot: its own share of the trace is large. */
export function SpanLabel({
  node,
  isClosed,
  showDuration,
  traceUs,
  traceCost,
  traceTokens,
  commentCount,
}: SpanLabelProps) {
  const { span } = node;
  const { observation } = span;
  const cost = observation ? costOf(span) : traceCost;
  const tokens = observation ? (observation.usage.total ?? 0) : traceTokens;
  const timeHeat = observation ? heatOf(node.selfUs, traceUs) : 'none';
  const costHeat = observation ? heatOf(cost, traceCost) : 'none';
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1.5 pr-2">
      <TypeIcon type={observation?.type ?? 'TRACE'} />
      <span
        className={cn(
          'truncate',
          !observation && 'font-medium',
          observation?.level === 'ERROR' && 'text-danger',
        )}
      >
        {span.name || (observation ? 'unnamed' : 'Unnamed trace')}
      </span>
      {observation ? <LevelMark level={observation.level} className="size-3" /> : null}
      {commentCount ? <CommentCount count={commentCount} /> : null}
      {span.isOrphan ? (
        <span
          title="The observation it names as its parent was never received"
          className="shrink-0 rounded bg-warn-soft px-1 text-2xs text-warn"
        >
          parent missing
        </span>
      ) : null}
      {isClosed ? (
        <span className="shrink-0 rounded bg-sunken px-1 text-2xs text-ink-muted">
          +{formatCompact(node.endIndex - 1 - node.index)}
        </span>
      ) : null}
      <span className="ml-auto flex shrink-0 items-center gap-2 pl-1 text-2xs tabular-nums">
        {showDuration && span.durationUs !== null ? (
          <span className={cn(heatClass[timeHeat])} title={`${formatMicroseconds(node.selfUs)} of its own`}>
            {formatMicroseconds(span.durationUs)}
          </span>
        ) : null}
        {tokens ? <span className="text-ink-faint">{formatCompact(tokens)}</span> : null}
        {cost ? <span className={heatClass[costHeat]}>{formatMoney(cost)}</span> : null}
      </span>
    </span>
  );
}
