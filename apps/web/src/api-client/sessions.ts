import { request } from './request';
import type {
  ExploredSession,
  HistogramOfRange,
  RowPage,
  Selection,
  SessionFacetField,
  ValueCounts,
} from './types';

const base = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}/sessions`;

/** Newest first, by their first trace. */
export const fetchSessions = (
  projectId: string,
  query: Selection & { limit: number; cursor?: string | undefined },
  signal: AbortSignal,
) => request<RowPage<ExploredSession>>(base(projectId), { query: { ...query }, signal });

export const fetchSessionFacets = (
  projectId: string,
  query: Selection & { field: SessionFacetField; search?: string | undefined; limit: number },
  signal: AbortSignal,
) => request<ValueCounts>(`${base(projectId)}/facets`, { query: { ...query }, signal });

/** Counts alone: what sessions cost is not asked for every bucket. */
export async function fetchSessionHistogram(
  projectId: string,
  query: Selection & { buckets: number },
  signal: AbortSignal,
): Promise<HistogramOfRange> {
  const { data } = await request<{ data: { time: string; count: number }[] }>(
    `${base(projectId)}/histogram`,
    { query: { ...query }, signal },
  );
  return { data: data.map((bucket) => ({ ...bucket, errorCount: 0, totalCost: 0 })) };
}
