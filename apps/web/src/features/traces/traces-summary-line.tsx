'use client';
import { formatCount, formatMoney, Skeleton } from '@tracewell/ui';
import type { TraceFacetField, TraceHistogram } from '../../api-client/types';
import type { FacetChoice, FacetChoices, Thresholds } from './facet-choice';
import { Chip, FilterChips } from './filter-chips';

interface TracesSummaryLineProps {
  histogram: TraceHistogram['data'] | undefined;
  isPending: boolean;
  /** Counting failed: then no figure is shown, rather than a nought. */
  error: string | null;
  choices: FacetChoices;
  onChange: (field: TraceFacetField, choice: FacetChoice | null) => void;
  thresholds: Thresholds;
  onThresholds: (thresholds: Thresholds) => void;
  q: string;
  onClearSearch: () => void;
}

/** What the list adds up to, and what narrows it: always one line, so nothing jumps when a filter comes. */
export function TracesSummaryLine(props: TracesSummaryLineProps) {
  const { minLatency, minCost } = props.thresholds;
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
          {count === 1 ? 'trace' : 'traces'}
          {failed ? (
            <>
              {' · '}
              <span className="text-danger">{formatCount(failed)} failed</span>
            </>
          ) : null}
          {cost ? ` · ${formatMoney(cost)}` : ''}
        </p>
      )}
      {props.q ? <Chip label="Text" value={props.q} onRemove={props.onClearSearch} /> : null}
      <FilterChips choices={props.choices} onChange={props.onChange} />
      {minLatency === null ? null : (
        <Chip
          label="Latency ≥"
          value={`${minLatency} s`}
          onRemove={() => props.onThresholds({ ...props.thresholds, minLatency: null })}
        />
      )}
      {minCost === null ? null : (
        <Chip
          label="Cost ≥"
          value={`$${minCost}`}
          onRemove={() => props.onThresholds({ ...props.thresholds, minCost: null })}
        />
      )}
    </div>
  );
}
