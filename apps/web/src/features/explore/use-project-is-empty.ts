'use client';
import { useQuery } from '@tanstack/react-query';
import { fetchTraces } from '../../api-client/traces';

const pollMs = 2_000;

/**
 * Whether the project has no trace at all; asked only once a list came back empty, then again every two
 * seconds until there is one. `undefined` while it is not known.
 */
export function useProjectIsEmpty(
  projectId: string,
  isAsked: boolean,
): { isEmpty?: boolean; latestAt?: string; error?: unknown } {
  const probe = useQuery({
    queryKey: ['project', projectId, 'traces', 'any'],
    queryFn: ({ signal }) => fetchTraces(projectId, { limit: 1 }, signal),
    enabled: isAsked,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.data.length === 0 ? pollMs : false),
  });
  if (!probe.data) return probe.isError ? { isEmpty: false } : {};
  const [latest] = probe.data.data;
  return latest ? { isEmpty: false, latestAt: latest.timestamp } : { isEmpty: true, error: probe.error };
}
