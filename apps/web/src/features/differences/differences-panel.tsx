'use client';
import { useQuery } from '@tanstack/react-query';
import { Button, cn, formatCount, formatTime, Segmented, Skeleton } from '@tracewell/ui';
import { X } from 'lucide-react';
import { messageOf } from '../../api-client/client-error';
import { fetchTraceDifferences } from '../../api-client/traces';
import type { Differences, Selection } from '../../api-client/types';
import { labelOfField } from '../explore/facet-choice';
import type { ComparedRegion } from './compared-region';
import { MeasureLine } from './measure-line';

interface DifferencesPanelProps {
  projectId: string;
  selection: Selection;
  region: ComparedRegion;
  onRegion: (region: ComparedRegion) => void;
  /** Narrows the search to a value, or leaves it out. */
  onFilter: (field: string, value: string, isExcluded: boolean) => void;
  onClose: () => void;
}

/** Which values and measures set some traces apart from the others, the largest effect first; a click narrows to one. */
export function DifferencesPanel(props: DifferencesPanelProps) {
  const { projectId, selection, region, onRegion, onFilter, onClose } = props;
  const query = queryOf(selection, region);
  const found = useQuery({
    queryKey: ['project', projectId, 'traces', 'differences', query],
    queryFn: ({ signal }) => fetchTraceDifferences(projectId, query, signal),
    placeholderData: (previous) => previous,
  });
  return (
    <section
      aria-label="What is different"
      className="flex max-h-80 shrink-0 flex-col border-b border-line bg-canvas"
    >
      <div className="flex h-9 shrink-0 items-center gap-2 px-2.5 text-xs">
        <h2 className="font-medium whitespace-nowrap">What is different</h2>
        <Segmented
          label="What is compared with the rest"
          value={region.kind}
          onChange={(kind) => kind !== 'time' && onRegion({ kind })}
          options={[
            { value: 'search', label: 'This search' },
            { value: 'failed', label: 'Failed ones' },
            ...(region.kind === 'time' ? [{ value: 'time' as const, label: labelOf(region) }] : []),
          ]}
        />
        <span className="truncate text-ink-muted tabular-nums max-sm:hidden">
          {found.data
            ? `${formatCount(found.data.insideCount)} against ${formatCount(found.data.outsideCount)} others`
            : ''}
        </span>
        <span className="flex-1" />
        <Button look="ghost" size="tiny" aria-label="Close what is different" onClick={onClose}>
          <X />
        </Button>
      </div>
      <div
        className={cn('min-h-16 overflow-y-auto px-2.5 pb-2.5', found.isPlaceholderData && 'opacity-50')}
        aria-busy={found.isFetching}
      >
        {found.isError ? (
          <p className="text-xs text-danger">{messageOf(found.error)}</p>
        ) : found.data ? (
          <Found found={found.data} region={region} hasSearch={Boolean(selection.q)} onFilter={onFilter} />
        ) : (
          <Skeleton className="w-80" />
        )}
      </div>
    </section>
  );
}

/** The whole of the range is compared with what the search means of it; the other regions lie within the search. */
function queryOf(selection: Selection, region: ComparedRegion) {
  const { from, to, q } = selection;
  switch (region.kind) {
    case 'search':
      return { from, to, regionQ: q };
    case 'failed':
      return { from, to, q, regionQ: 'level:ERROR' };
    case 'time':
      return {
        from,
        to,
        q,
        regionFrom: new Date(region.fromMs).toISOString(),
        regionTo: new Date(region.toMs).toISOString(),
      };
  }
}

const labelOf = ({ fromMs, toMs }: Extract<ComparedRegion, { kind: 'time' }>): string =>
  `${formatTime(new Date(fromMs).toISOString())} – ${formatTime(new Date(toMs).toISOString())}`;

interface FoundProps extends Pick<DifferencesPanelProps, 'region' | 'onFilter'> {
  found: Differences;
  hasSearch: boolean;
}

function Found({ found, region, hasSearch, onFilter }: FoundProps) {
  if (found.insideCount === 0 || found.outsideCount === 0) {
    return (
      <p className="text-xs text-ink-muted">
        {region.kind === 'search' && !hasSearch
          ? 'Search for something first: what it finds is compared with everything else in the time range. Or hold Shift and drag over the strip above.'
          : found.insideCount === 0
            ? 'No trace is in what is to be compared.'
            : 'There is no other trace to compare with.'}
      </p>
    );
  }
  // That failed ones have errors says nothing.
  const fields = found.fields.filter(({ field }) => region.kind !== 'failed' || field !== 'level');
  return (
    <>
      <MeasureLine measures={found.measures} />
      {fields.length === 0 ? (
        <p className="text-xs text-ink-muted">No value stands out beyond chance.</p>
      ) : (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(17rem,1fr))] gap-x-5 gap-y-3">
          {fields.map(({ field, values }) => (
            <div key={field} className="min-w-0">
              <h3 className="mb-1 text-2xs font-medium text-ink-muted">{labelOfField(field)}</h3>
              {values.map((value) => (
                <button
                  key={value.value}
                  type="button"
                  title={`${value.value}\n${formatCount(value.inside)} here, ${formatCount(value.outside)} elsewhere. Click to narrow, Alt-click to leave out.`}
                  onClick={(event) => onFilter(field, value.value, event.altKey)}
                  className="group grid h-6 w-full grid-cols-[1fr_5rem_2.25rem_2.25rem] items-center gap-1.5 rounded px-1 text-left text-xs hover:bg-hover"
                >
                  <span className="truncate">{value.value}</span>
                  <span aria-hidden className="grid gap-px">
                    <ShareBar share={value.insideShare} className="bg-accent" />
                    <ShareBar share={value.outsideShare} className="bg-ink-faint" />
                  </span>
                  <span className="text-right font-medium tabular-nums">{percent(value.insideShare)}</span>
                  <span className="text-right text-ink-faint tabular-nums">
                    {percent(value.outsideShare)}
                  </span>
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

const ShareBar = ({ share, className }: { share: number; className: string }) => (
  <span className="block h-1 rounded-sm bg-sunken">
    <span
      className={cn('block h-1 rounded-sm', className)}
      style={{ width: `${Math.max(share > 0 ? 2 : 0, share * 100)}%` }}
    />
  </span>
);

const percent = (share: number): string =>
  share > 0 && share < 0.01 ? '<1%' : `${Math.round(share * 100)}%`;
