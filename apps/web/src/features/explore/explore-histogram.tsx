'use client';
import { useQuery } from '@tanstack/react-query';
import { formatCount, formatMoney, formatTime, type HistogramBucket, HistogramStrip } from '@tracewell/ui';
import { useMemo } from 'react';
import type { Selection } from '../../api-client/types';
import type { ExploredTable, ExploreRow } from './explored-table';

const bucketCount = 80;
const refreshMs = 15_000;

interface HistogramInput<Row extends ExploreRow> {
  projectId: string;
  table: ExploredTable<Row>;
  selection: Selection;
  generation: number;
  isLive: boolean;
}

export function useExploreHistogram<Row extends ExploreRow>(input: HistogramInput<Row>) {
  const { projectId, table, selection, generation, isLive } = input;
  return useQuery({
    queryKey: ['project', projectId, table.name, 'histogram', selection, generation],
    queryFn: ({ signal }) => table.fetchHistogram(projectId, { ...selection, buckets: bucketCount }, signal),
    refetchInterval: isLive ? refreshMs : false,
    placeholderData: (previous) => previous,
  });
}

interface ExploreHistogramProps {
  title: string;
  /** Whether a stretch can be compared with the rest. */
  isComparable: boolean;
  histogram: ReturnType<typeof useExploreHistogram>;
  to: string | undefined;
  onSelect: (fromMs: number, toMs: number, withShift: boolean) => void;
}

export function ExploreHistogram(props: ExploreHistogramProps) {
  const { title, isComparable, histogram, to, onSelect } = props;
  const data = histogram.data?.data;
  const buckets = useMemo(
    (): HistogramBucket[] =>
      (data ?? []).map((bucket) => ({
        startMs: Date.parse(bucket.time),
        count: bucket.count,
        markedCount: bucket.errorCount,
      })),
    [data],
  );
  const costs = useMemo(
    () => new Map((data ?? []).map((each) => [Date.parse(each.time), each.totalCost])),
    [data],
  );
  const [first, second] = buckets;
  const last = buckets.at(-1);
  const step = first && second ? second.startMs - first.startMs : 60_000;
  const endMs = to ? Date.parse(to) : (last?.startMs ?? 0) + step;
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const failed = buckets.reduce((sum, bucket) => sum + bucket.markedCount, 0);
  return (
    <HistogramStrip
      className="h-12 w-full"
      label={`${title} over time: ${formatCount(total)}, of which ${formatCount(failed)} failed. Drag to choose a stretch${isComparable ? ', with Shift to compare it with the rest' : ''}.`}
      buckets={buckets}
      endMs={endMs}
      isLoading={histogram.isPending || histogram.isPlaceholderData}
      onSelect={onSelect}
      describe={(bucket, bucketEndMs) => [
        `${formatTime(new Date(bucket.startMs).toISOString())} – ${formatTime(new Date(bucketEndMs).toISOString())}`,
        `${formatCount(bucket.count)} ${title.toLowerCase()}${bucket.markedCount ? `, ${formatCount(bucket.markedCount)} failed` : ''}${
          costs.get(bucket.startMs) ? `, ${formatMoney(costs.get(bucket.startMs) ?? 0)}` : ''
        }`,
      ]}
    />
  );
}
