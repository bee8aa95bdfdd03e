import { queryOptions } from '@tanstack/react-query';
import type { PublicScoreConfig } from '@tracewell/contract';
import { request } from './request';
import type { ObservationDetail, TraceDetail } from './types';

const base = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}`;

export interface AnnotationTarget {
  traceId: string;
  observationId: string | null;
}

export const annotationConfigsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['project', projectId, 'annotation-configs'],
    queryFn: ({ signal }) =>
      request<{ data: PublicScoreConfig[] }>(`${base(projectId)}/annotation-configs`, { signal }),
    staleTime: 60_000,
  });

export const annotate = (
  projectId: string,
  annotation: AnnotationTarget & {
    id: string | null;
    configId: string;
    value: number | string;
    comment: string;
  },
) => request<{ id: string }>(`${base(projectId)}/annotations`, { method: 'POST', body: annotation });

export const correctOutput = (
  projectId: string,
  correction: AnnotationTarget & { id: string | null; value: string },
) => request<{ id: string }>(`${base(projectId)}/corrections`, { method: 'POST', body: correction });

export const removeScore = (projectId: string, scoreId: string) =>
  request<unknown>(`${base(projectId)}/scores/${encodeURIComponent(scoreId)}`, { method: 'DELETE' });

export const setTracePublic = (projectId: string, traceId: string, isPublic: boolean) =>
  request<{ public: boolean }>(`${base(projectId)}/traces/${encodeURIComponent(traceId)}/public`, {
    method: 'PUT',
    body: { public: isPublic },
  });

export const tagTrace = (
  projectId: string,
  traceId: string,
  changes: { add?: string[]; remove?: string[] },
) =>
  request<{ tags: string[] }>(`${base(projectId)}/traces/${encodeURIComponent(traceId)}/tags`, {
    method: 'PATCH',
    body: changes,
  });

const published = (projectId: string, traceId: string) =>
  `/api/v1/published/${encodeURIComponent(projectId)}/traces/${encodeURIComponent(traceId)}`;

export const publishedTraceQuery = (projectId: string, traceId: string) =>
  queryOptions({
    queryKey: ['published', projectId, traceId],
    queryFn: ({ signal }) => request<TraceDetail>(published(projectId, traceId), { signal }),
    staleTime: 30_000,
  });

export const publishedObservationQuery = (projectId: string, traceId: string, observationId: string) =>
  queryOptions({
    queryKey: ['published', projectId, traceId, observationId],
    queryFn: ({ signal }) =>
      request<ObservationDetail>(
        `${published(projectId, traceId)}/observations/${encodeURIComponent(observationId)}`,
        { signal },
      ),
    staleTime: 30_000,
    gcTime: 60_000,
  });
