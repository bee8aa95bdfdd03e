'use client';
import { type UseQueryResult, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { quoteValue } from '@tracewell/domain/search/index';
import { useCallback, useMemo, useState } from 'react';
import { traceQuery } from '../../api-client/queries';
import { fetchTraceHistogram, fetchTraces } from '../../api-client/traces';
import type { TraceDetail, TraceSummary } from '../../api-client/types';

/** Rows are small, and so asked for by the hundred; what was said may be large, and comes a few traces at a time. */
const rowsPerPage = 100;
const tracesPerStep = 6;
const refreshMs = 4_000;
const youngMs = 10 * 60_000;

/** A session goes on while its newest trace is of a moment ago. */
const isYoung = (trace: TraceSummary | undefined) =>
  trace !== undefined && Date.now() - Date.parse(trace.timestamp) - trace.latencyMs < youngMs;

/** The traces of a session, oldest first: all as rows, and as many as were asked for with what was said. */
export function useSessionTraces(projectId: string, sessionId: string) {
  const q = `sessionId:${quoteValue(sessionId)}`;
  const rows = useInfiniteQuery({
    queryKey: ['project', projectId, 'session', sessionId, 'rows'],
    queryFn: ({ pageParam, signal }) =>
      fetchTraces(projectId, { q, orderBy: 'timestamp.asc', limit: rowsPerPage, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor,
    refetchInterval: ({ state }) => (isYoung(state.data?.pages.at(-1)?.data.at(-1)) ? refreshMs : false),
  });
  const summaries = useMemo(() => (rows.data?.pages ?? []).flatMap(({ data }) => data), [rows.data]);
  const totals = useSums(projectId, q, rows.dataUpdatedAt);
  const [wanted, setWanted] = useState(tracesPerStep);
  const { traces, failed } = useQueries({
    queries: summaries
      .slice(0, wanted)
      .map(({ id }) => ({ ...traceQuery(projectId, id), staleTime: youngMs })),
    combine: readOn,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = rows;
  const isReading = traces.length < Math.min(wanted, summaries.length);
  const loadMore = useCallback(() => {
    if (isReading || isFetchingNextPage) return;
    setWanted(wanted + tracesPerStep);
    if (hasNextPage && wanted + tracesPerStep >= summaries.length) void fetchNextPage();
  }, [isReading, isFetchingNextPage, hasNextPage, fetchNextPage, wanted, summaries.length]);
  return {
    summaries,
    traces,
    totals,
    loadMore,
    hasMore: traces.length < summaries.length || hasNextPage,
    isPending: rows.isPending,
    error: failed?.error ?? rows.error,
    retry: () =>
      void (failed ? failed.refetch() : rows.isFetchNextPageError ? fetchNextPage() : rows.refetch()),
  };
}

/** Up to the first that is not there yet: a conversation has no holes. */
function readOn(results: UseQueryResult<TraceDetail>[]) {
  const traces: TraceDetail[] = [];
  for (const { data } of results) {
    if (!data) break;
    traces.push(data);
  }
  const next = results[traces.length];
  return { traces, failed: next?.isError ? next : undefined };
}

/** Sums over all traces of the session, however many of them have been read: a histogram of one bucket. */
function useSums(projectId: string, q: string, updatedAt: number) {
  const { data } = useQuery({
    queryKey: ['project', projectId, 'session', q, 'sums', updatedAt],
    queryFn: ({ signal }) => fetchTraceHistogram(projectId, { q, buckets: 1 }, signal),
    enabled: updatedAt > 0,
    placeholderData: (previous) => previous,
  });
  return data?.data[0];
}
