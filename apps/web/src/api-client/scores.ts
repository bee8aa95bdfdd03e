import { request } from './request';
import type {
  ExploredScore,
  HistogramOfRange,
  RowPage,
  ScoreFacetField,
  Selection,
  ValueCounts,
} from './types';

const base = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}/scores`;

/** Newest first. */
export const fetchScores = (
  projectId: string,
  query: Selection & { limit: number; cursor?: string | undefined },
  signal: AbortSignal,
) => request<RowPage<ExploredScore>>(base(projectId), { query: { ...query }, signal });

export const fetchScoreFacets = (
  projectId: string,
  query: Selection & { field: ScoreFacetField; search?: string | undefined; limit: number },
  signal: AbortSignal,
) => request<ValueCounts>(`${base(projectId)}/facets`, { query: { ...query }, signal });

/** A score neither fails nor costs. */
export async function fetchScoreHistogram(
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
