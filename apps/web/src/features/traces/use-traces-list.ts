'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { fetchTraces, type TraceSelection } from '../../api-client/traces';
import { letIn, listPending, mergeLive, nothingLive, updateKnown } from './merge-live';
import type { TraceOrder } from './use-traces-state';

const pageRows = 100;
const headRows = 50;
const pollMs = 2_000;

interface TracesListInput {
  projectId: string;
  selection: TraceSelection;
  orderBy: TraceOrder;
  /** Changes when the list is to be read anew. */
  generation: number;
  /** Ask for new rows while the tab is in sight. */
  isLive: boolean;
  /** Let new rows in as they come: nothing is being read. */
  mayMove: boolean;
  onReload: () => void;
}

/** Pages by cursor, and with `isLive` the newest page every two seconds, merged without moving anything. */
export function useTracesList(input: TracesListInput) {
  const { projectId, selection, orderBy, generation, isLive, mayMove, onReload } = input;
  const key = JSON.stringify([projectId, selection, orderBy, generation]);
  const pages = useInfiniteQuery({
    queryKey: ['project', projectId, 'traces', 'pages', selection, orderBy, generation],
    queryFn: ({ pageParam, signal }) =>
      fetchTraces(projectId, { ...selection, orderBy, limit: pageRows, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
  const listed = useMemo(() => {
    // A row that moved between two pages while they were read is shown once.
    const seen = new Set<string>();
    return (pages.data?.pages ?? []).flatMap((page) =>
      page.data.filter((row) => !seen.has(row.id) && seen.add(row.id)),
    );
  }, [pages.data]);
  const listedIds = useMemo(() => new Set(listed.map((row) => row.id)), [listed]);

  const head = useQuery({
    queryKey: ['project', projectId, 'traces', 'head', selection, orderBy, generation],
    queryFn: ({ signal }) => fetchTraces(projectId, { ...selection, orderBy, limit: headRows }, signal),
    enabled: isLive && pages.isSuccess && !pages.isPlaceholderData,
    refetchInterval: pollMs,
    gcTime: 0,
    retry: false,
  });

  const [live, setLive] = useState({ key, state: nothingLive });
  const state = live.key === key ? live.state : nothingLive;
  const newest = head.data?.data;
  const pending = useMemo(
    () => (newest && !pages.isPlaceholderData ? listPending(state, listedIds, newest) : []),
    [newest, state, listedIds, pages.isPlaceholderData],
  );
  /** More came than one page holds: rows in between are missing, so only reading anew is right. */
  const hasGap = pending.length >= headRows && listed.length > 0;
  useEffect(() => {
    if (!newest || pages.isPlaceholderData) return;
    if (hasGap && mayMove) return onReload();
    setLive((old) => {
      const before = old.key === key ? old.state : nothingLive;
      let after = updateKnown(before, listedIds, newest);
      if (mayMove && !hasGap) after = letIn(after, listPending(after, listedIds, newest));
      return after === before && old.key === key ? old : { key, state: after };
    });
  }, [newest, listedIds, key, mayMove, hasGap, onReload, pages.isPlaceholderData]);

  const showPending = useCallback(() => {
    if (hasGap) return onReload();
    setLive((old) => ({ key, state: letIn(old.key === key ? old.state : nothingLive, pending) }));
  }, [hasGap, onReload, key, pending]);

  const rows = useMemo(() => mergeLive(listed, state), [listed, state]);
  const { fetchNextPage, isFetchingNextPage } = pages;
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  return {
    rows,
    pendingCount: pending.length,
    hasGap,
    showPending,
    loadMore,
    isLoading: pages.isPending,
    /** Rows of the selection before are still shown. */
    isStale: pages.isPlaceholderData,
    isLoadingMore: isFetchingNextPage,
    hasMore: pages.hasNextPage && !pages.isPlaceholderData,
    error: pages.error,
    /** The list stands, but asking for new rows fails. */
    liveError: head.error,
    lastSeenAt: head.dataUpdatedAt,
    retry: () => void (listed.length ? fetchNextPage() : pages.refetch()),
  };
}
