'use client';
import { Button, cn, EmptyNotice, ErrorNotice, formatAgo, formatCount } from '@tracewell/ui';
import { ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { messageOf } from '../../api-client/client-error';

interface ExploreBodyProps {
  /** What a row is: `trace`. */
  one: string;
  error: unknown;
  onRetry: () => void;
  isEmpty: boolean;
  isFiltered: boolean;
  rangeLabel: string;
  latestAt: string | undefined;
  isStale: boolean;
  onClearFilters: () => void;
  onWiden: () => void;
  pendingCount: number;
  hasGap: boolean;
  onShowPending: () => void;
  children: ReactNode;
}

/** The table, or what stands in its place: the error with a way on, or why nothing is shown. */
export function ExploreBody(props: ExploreBodyProps) {
  if (props.error) {
    return (
      <div className="min-h-0 flex-1 bg-surface">
        <ErrorNotice
          title={`The ${props.one}s could not be loaded`}
          message={messageOf(props.error)}
          onRetry={props.onRetry}
        />
      </div>
    );
  }
  return (
    <div className="relative min-h-0 flex-1">
      <div
        className={cn('h-full transition-opacity duration-150', props.isStale && 'opacity-50 delay-150')}
        aria-busy={props.isStale}
      >
        {props.isEmpty ? (
          <div className="h-full bg-surface">
            <EmptyNotice
              title={
                props.isFiltered
                  ? `No ${props.one} matches these filters`
                  : `No ${props.one}s in “${props.rangeLabel}”`
              }
            >
              {props.isFiltered ? (
                <p>Take a filter away, change the words, or look at a longer time.</p>
              ) : (
                <p>
                  {props.latestAt
                    ? `The latest one came ${formatAgo(props.latestAt)}.`
                    : 'Try a longer time.'}
                </p>
              )}
              <div className="mt-1 flex gap-2">
                {props.isFiltered ? <Button onClick={props.onClearFilters}>Clear filters</Button> : null}
                <Button onClick={props.onWiden}>Look at all time</Button>
              </div>
            </EmptyNotice>
          </div>
        ) : (
          props.children
        )}
      </div>
      <div
        aria-live="polite"
        // At the left: an open trace lies over the right half.
        className="pointer-events-none absolute inset-x-0 top-10 z-20 flex justify-start pl-4"
      >
        {props.pendingCount ? (
          <button
            type="button"
            onClick={props.onShowPending}
            className="pointer-events-auto flex h-7 items-center gap-1.5 rounded-full bg-accent px-3 text-xs font-medium text-accent-ink shadow-float"
          >
            <ArrowUp className="size-3.5" />
            {formatCount(props.pendingCount)}
            {props.hasGap ? '+' : ''} new
          </button>
        ) : null}
      </div>
    </div>
  );
}
