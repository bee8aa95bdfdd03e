import { queryOptions } from '@tanstack/react-query';
import { fetchApiKeys, fetchSession } from './account';
import { isPassing } from './client-error';
import { fetchObservation, fetchTrace } from './traces';

/** What is asked for in more than one place, under one key each. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => fetchSession(signal),
  staleTime: 60_000,
});

export const apiKeysQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['project', projectId, 'api-keys'],
    queryFn: ({ signal }) => fetchApiKeys(projectId, signal),
  });

export const traceQuery = (projectId: string, traceId: string) =>
  queryOptions({
    queryKey: ['project', projectId, 'trace', traceId],
    queryFn: ({ signal }) => fetchTrace(projectId, traceId, signal),
    staleTime: 5_000,
  });

/** Payloads can be large: few are kept. */
export const observationQuery = (projectId: string, traceId: string, observationId: string) =>
  queryOptions({
    queryKey: ['project', projectId, 'observation', traceId, observationId],
    queryFn: ({ signal }) => fetchObservation(projectId, traceId, observationId, signal),
    staleTime: 30_000,
    gcTime: 60_000,
  });

export const retryPassing = (failureCount: number, error: unknown): boolean =>
  failureCount < 2 && isPassing(error);
