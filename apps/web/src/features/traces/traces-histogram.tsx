'use client';
import { useQuery } from '@tanstack/react-query';
import { formatCount, formatMoney, formatTime, type HistogramBucket, HistogramStrip } from '@tracewell/ui';
import { useMemo } from 'react';
import { fetchTraceHistogram, type TraceSelection } from '../../api-client/traces';

const bucketCount = 80;
const refreshMs = 15_000;

interface TracesHistogramInput {
  projectId: string;
  selection: TraceSelection;
  generation: number;
  isLive: boolean;
}

export function useTracesHistogram({ projectId, selection, generation, isLive }: TracesHistogramInput) {
  return useQuery({
    queryKey: ['project', projectId, 'traces', 'histogram', selection, generation],
    queryFn: ({ signal }) => fetchTraceHistogram(projectId, { ...selection, buckets: bucketCount }, signal),
    refetchInterval: isLive ? refreshMs : false,
    placeholderData: (previous) => previous,
  });
}

interface TracesHistogramProps {
  histogram: ReturnType<typeof useTracesHistogram>;
  to: string | undefined;
  onSelect: (fromMs: number, toMs: number, withShift: boolean) => void;
}

export function TracesHistogram({ histogram, to, onSelect }: TracesHistogramProps) {
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
      label={`Traces over time: ${formatCount(total)}, of which ${formatCount(failed)} failed. Drag to choose a stretch, with Shift to compare it with the rest.`}
      buckets={buckets}
      endMs={endMs}
      isLoading={histogram.isPending || histogram.isPlaceholderData}
      onSelect={onSelect}
      describe={(bucket, bucketEndMs) => [
        `${formatTime(new Date(bucket.startMs).toISOString())} – ${formatTime(new Date(bucketEndMs).toISOString())}`,
        `${formatCount(bucket.count)} traces${bucket.markedCount ? `, ${formatCount(bucket.markedCount)} failed` : ''}${
          costs.get(bucket.startMs) ? `, ${formatMoney(costs.get(bucket.startMs) ?? 0)}` : ''
        }`,
      ]}
    />
  );
}
