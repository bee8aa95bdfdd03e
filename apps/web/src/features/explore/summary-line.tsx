'use client';
import { Button, formatCount, formatMoney, Skeleton } from '@tracewell/ui';
import { Diff } from 'lucide-react';
import type { HistogramOfRange } from '../../api-client/types';

interface SummaryLineProps {
  one: string;
  histogram: HistogramOfRange['data'] | undefined;
  isPending: boolean;
  /** Counting failed: then no figure is shown, rather than a nought. */
  error: string | null;
  isComparing: boolean;
  /** null where nothing can be compared. */
  onCompare: (() => void) | null;
}

/** What the list adds up to. */
export function SummaryLine(props: SummaryLineProps) {
  const buckets = props.histogram ?? [];
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const failed = buckets.reduce((sum, bucket) => sum + bucket.errorCount, 0);
  const cost = buckets.reduce((sum, bucket) => sum + bucket.totalCost, 0);
  return (
    <div className="flex h-9 shrink-0 items-center gap-1.5 overflow-x-auto border-b border-line bg-surface px-2.5 text-xs">
      {props.error && !props.histogram ? (
        <p className="mr-2 shrink-0 text-danger" title={props.error}>
          The counts could not be loaded
        </p>
      ) : props.isPending ? (
        <Skeleton className="w-40" />
      ) : (
        <p className="mr-2 shrink-0 whitespace-nowrap text-ink-muted tabular-nums">
          <span className="font-medium text-ink">{formatCount(count)}</span>{' '}
          {count === 1 ? props.one : `${props.one}s`}
          {failed ? (
            <>
              {' · '}
              <span className="text-danger">{formatCount(failed)} failed</span>
            </>
          ) : null}
          {cost ? ` · ${formatMoney(cost)}` : ''}
        </p>
      )}
      <span className="flex-1" />
      {props.onCompare ? (
        <Button
          look="ghost"
          className="h-6 shrink-0 px-1.5 text-xs"
          pressed={props.isComparing}
          onClick={props.onCompare}
        >
          <Diff />
          What is different
        </Button>
      ) : null}
    </div>
  );
}
