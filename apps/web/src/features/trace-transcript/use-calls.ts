'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { fetchPayloads } from '../../api-client/traces';
import type { ObservationNode, TraceDetail, TracePayload } from '../../api-client/types';

/** Small: a turn of an agent may have half a megabyte. */
const callsPerPage = 8;

/** The calls of models in their order. */
export const callsOf = (trace: TraceDetail): ObservationNode[] =>
  trace.observations
    .filter(({ type }) => type === 'GENERATION')
    .sort((a, b) => a.startOffsetUs - b.startOffsetUs || a.id.localeCompare(b.id));

/** Payloads of the calls, some at a time, in their order. */
export function usePayloadsOf(projectId: string, traceId: string, calls: readonly ObservationNode[]) {
  const ids = calls.map(({ id }) => id);
  return useInfiniteQuery({
    queryKey: ['project', projectId, 'traces', traceId, 'payloads', ids],
    queryFn: ({ pageParam, signal }) =>
      fetchPayloads(projectId, traceId, ids.slice(pageParam, pageParam + callsPerPage), signal),
    initialPageParam: 0,
    getNextPageParam: (_, pages) =>
      pages.length * callsPerPage < ids.length ? pages.length * callsPerPage : undefined,
    enabled: ids.length > 0,
    staleTime: 60_000,
    select: ({ pages }): TracePayload[] => pages.flatMap(({ data }) => data),
  });
}
