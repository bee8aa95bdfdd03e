import { request } from './request';
import type { BulkAction, BulkChange, BulkTarget, PublicAnnotationQueue } from './types';

const project = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}`;
const one = (projectId: string, id: string) => `${project(projectId)}/bulk-actions/${encodeURIComponent(id)}`;

export const createBulkAction = (projectId: string, body: { target: BulkTarget; change: BulkChange }) =>
  request<BulkAction>(`${project(projectId)}/bulk-actions`, { method: 'POST', body });

export const fetchBulkAction = (projectId: string, id: string) => request<BulkAction>(one(projectId, id));

export const cancelBulkAction = (projectId: string, id: string) =>
  request<BulkAction>(`${one(projectId, id)}/cancel`, { method: 'POST' });

export const undoBulkAction = (projectId: string, id: string) =>
  request<BulkAction>(`${one(projectId, id)}/undo`, { method: 'POST' });

const shownQueues = 100;

/** The newest of them. */
export const annotationQueuesQuery = (projectId: string) => ({
  queryKey: ['project', projectId, 'annotation-queues'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    request<{ data: PublicAnnotationQueue[] }>(`${project(projectId)}/annotation-queues`, {
      query: { limit: shownQueues },
      signal,
    }),
  staleTime: 10_000,
});
