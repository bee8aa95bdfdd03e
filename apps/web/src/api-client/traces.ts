import { encodeQuery, request } from './request';
import type {
  Differences,
  ObservationDetail,
  Selection,
  TraceDetail,
  TraceFacetField,
  TraceFacets,
  TraceHistogram,
  TracePage,
  TracePayload,
} from './types';

const base = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}/traces`;

export const fetchTraces = (
  projectId: string,
  query: Selection & { orderBy?: string | undefined; cursor?: string | undefined; limit?: number },
  signal?: AbortSignal,
) => request<TracePage>(base(projectId), { query: { ...query }, ...(signal ? { signal } : {}) });

export const fetchTraceFacets = (
  projectId: string,
  query: {
    field: TraceFacetField;
    from?: string | undefined;
    to?: string | undefined;
    q?: string | undefined;
    search?: string | undefined;
    limit?: number;
  },
  signal?: AbortSignal,
) =>
  request<TraceFacets>(`${base(projectId)}/facets`, { query: { ...query }, ...(signal ? { signal } : {}) });

export const fetchTraceHistogram = (
  projectId: string,
  query: Selection & { buckets: number },
  signal?: AbortSignal,
) =>
  request<TraceHistogram>(`${base(projectId)}/histogram`, {
    query: { ...query },
    ...(signal ? { signal } : {}),
  });

export const fetchTrace = (projectId: string, traceId: string, signal?: AbortSignal) =>
  request<TraceDetail>(`${base(projectId)}/${encodeURIComponent(traceId)}`, signal ? { signal } : {});

export const fetchObservation = (
  projectId: string,
  traceId: string,
  observationId: string,
  signal?: AbortSignal,
) =>
  request<ObservationDetail>(
    `${base(projectId)}/${encodeURIComponent(traceId)}/observations/${encodeURIComponent(observationId)}`,
    signal ? { signal } : {},
  );

export const deleteTrace = (projectId: string, traceId: string) =>
  request<unknown>(`${base(projectId)}/${encodeURIComponent(traceId)}`, { method: 'DELETE' });

/** Where the selection is downloaded as a file; a link, so that the browser writes it to disk as it comes. */
export const traceExportUrl = (
  projectId: string,
  query: Selection & { orderBy: string; format: 'csv' | 'json' | 'jsonl' | 'parquet' },
): string => `${base(projectId)}/export${encodeQuery({ ...query })}`;

/** What sets the region apart from the rest of the selection. */
export const fetchTraceDifferences = (
  projectId: string,
  query: Selection & {
    regionFrom?: string | undefined;
    regionTo?: string | undefined;
    regionQ?: string | undefined;
  },
  signal?: AbortSignal,
) =>
  request<Differences>(`${base(projectId)}/differences`, {
    query: { ...query },
    ...(signal ? { signal } : {}),
  });

/** Inputs and outputs of some observations of a trace; at most 20 ids. */
export const fetchPayloads = (
  projectId: string,
  traceId: string,
  observationIds: readonly string[],
  signal?: AbortSignal,
) =>
  request<{ data: TracePayload[] }>(`${base(projectId)}/${encodeURIComponent(traceId)}/payloads`, {
    query: { observationIds: JSON.stringify(observationIds) },
    ...(signal ? { signal } : {}),
  });
