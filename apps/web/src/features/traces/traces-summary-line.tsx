'use client';
import { Button, formatCount, formatMoney, Skeleton } from '@tracewell/ui';
import { X } from 'lucide-react';
import type { TraceFacetField, TraceHistogram } from '../../api-client/types';
import type { FacetChoice, FacetChoices } from './facet-choice';
import { FilterChips } from './filter-chips';

interface TracesSummaryLineProps {
  histogram: TraceHistogram['data'] | undefined;
  isPending: boolean;
  choices: FacetChoices;
  onChange: (field: TraceFacetField, choice: FacetChoice | null) => void;
  q: string;
  onClearSearch: () => void;
}

/** What the list adds up to, and what narrows it: always one line, so nothing jumps when a filter comes. */
export function TracesSummaryLine(props: TracesSummaryLineProps) {
  const buckets = props.histogram ?? [];
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const failed = buckets.reduce((sum, bucket) => sum + bucket.errorCount, 0);
  const cost = buckets.reduce((sum, bucket) => sum + bucket.totalCost, 0);
  return (
    <div className="flex h-9 shrink-0 items-center gap-1.5 overflow-x-auto border-b border-line bg-surface px-2.5 text-xs">
      {props.isPending ? (
        <Skeleton className="w-40" />
      ) : (
        <p className="mr-2 shrink-0 whitespace-nowrap text-ink-muted tabular-nums">
          <span className="font-medium text-ink">{formatCount(count)}</span> {count === 1 ? 'trace' : 'traces'}
          {failed ? (
            <>
              {' · '}
              <span className="text-danger">{formatCount(failed)} failed</span>
            </>
          ) : null}
          {cost ? ` · ${formatMoney(cost)}` : ''}
        </p>
      )}
      {props.q ? (
        <span className="inline-flex h-6 max-w-64 shrink-0 items-center rounded-md border border-line pl-2 text-xs">
          <span className="mr-1 text-ink-faint">Text</span>
          <span className="truncate">{props.q}</span>
          <Button look="ghost" size="tiny" aria-label="Clear search text" onClick={props.onClearSearch}>
            <X />
          </Button>
        </span>
      ) : null}
      <FilterChips choices={props.choices} onChange={props.onChange} />
    </div>
  );
}
