'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Selection } from '../../api-client/types';
import type { ExploredTable, ExploreRow } from './explored-table';
import { type LiveState, letIn, listPending, mergeLive, nothingLive, updateKnown } from './merge-live';

const pageRows = 100;
const headRows = 50;
const pollMs = 2_000;

interface ExploreListInput<Row extends ExploreRow> {
  projectId: string;
  table: ExploredTable<Row>;
  selection: Selection;
  orderBy: string;
  /** Changes when the list is to be read anew. */
  generation: number;
  /** Ask for new rows while the tab is in sight. */
  isLive: boolean;
  /** Let new rows in as they come: nothing is being read. */
  mayMove: boolean;
  onReload: () => void;
}

/** Pages by cursor, and with `isLive` the newest page every two seconds, merged without moving anything. */
export function useExploreList<Row extends ExploreRow>(input: ExploreListInput<Row>) {
  const { projectId, table, selection, orderBy, generation, isLive, mayMove, onReload } = input;
  const key = JSON.stringify([projectId, table.name, selection, orderBy, generation]);
  const pages = useInfiniteQuery({
    queryKey: ['project', projectId, table.name, 'pages', selection, orderBy, generation],
    queryFn: ({ pageParam, signal }) =>
      table.fetchPage(projectId, { ...selection, orderBy, limit: pageRows, cursor: pageParam }, signal),
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
      page.data.filter((row) => !seen.has(row.key) && seen.add(row.key)),
    );
  }, [pages.data]);
  const listedKeys = useMemo(() => new Set(listed.map((row) => row.key)), [listed]);

  const head = useQuery({
    queryKey: ['project', projectId, table.name, 'head', selection, orderBy, generation],
    queryFn: ({ signal }) => table.fetchPage(projectId, { ...selection, orderBy, limit: headRows }, signal),
    enabled: isLive && pages.isSuccess && !pages.isPlaceholderData,
    refetchInterval: pollMs,
    gcTime: 0,
    retry: false,
  });

  const [live, setLive] = useState<{ key: string; state: LiveState<Row> }>({ key, state: nothingLive });
  const state: LiveState<Row> = live.key === key ? live.state : nothingLive;
  const newest = head.data?.data;
  const pending = useMemo(
    () => (newest && !pages.isPlaceholderData ? listPending(state, listedKeys, newest) : []),
    [newest, state, listedKeys, pages.isPlaceholderData],
  );
  /** More came than one page holds: rows in between are missing, so only reading anew is right. */
  const hasGap = pending.length >= headRows && listed.length > 0;
  useEffect(() => {
    if (!newest || pages.isPlaceholderData) return;
    if (hasGap && mayMove) return onReload();
    setLive((old) => {
      const before: LiveState<Row> = old.key === key ? old.state : nothingLive;
      let after = updateKnown(before, listedKeys, newest);
      if (mayMove && !hasGap) after = letIn(after, listPending(after, listedKeys, newest));
      return after === before && old.key === key ? old : { key, state: after };
    });
  }, [newest, listedKeys, key, mayMove, hasGap, onReload, pages.isPlaceholderData]);

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
