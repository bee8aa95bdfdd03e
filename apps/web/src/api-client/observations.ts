import { request } from './request';
import type {
  HistogramOfRange,
  ObservationFacetField,
  ObservationSummary,
  RowPage,
  Selection,
  ValueCounts,
} from './types';

const base = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}/observations`;

/** Newest first. */
export const fetchObservations = (
  projectId: string,
  query: Selection & { limit: number; cursor?: string | undefined },
  signal: AbortSignal,
) => request<RowPage<ObservationSummary>>(base(projectId), { query: { ...query }, signal });

export const fetchObservationFacets = (
  projectId: string,
  query: Selection & { field: ObservationFacetField; search?: string | undefined; limit: number },
  signal: AbortSignal,
) => request<ValueCounts>(`${base(projectId)}/facets`, { query: { ...query }, signal });

export const fetchObservationHistogram = (
  projectId: string,
  query: Selection & { buckets: number },
  signal: AbortSignal,
) => request<HistogramOfRange>(`${base(projectId)}/histogram`, { query: { ...query }, signal });
