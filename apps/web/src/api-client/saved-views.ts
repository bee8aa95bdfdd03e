import { request } from './request';
import type { SavedView } from './types';

const base = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}/saved-views`;

export const savedViewsQuery = (projectId: string, table: SavedView['table']) => ({
  queryKey: ['project', projectId, 'saved-views', table],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    request<{ data: SavedView[] }>(base(projectId), { query: { table }, signal }),
  staleTime: 60_000,
});

export const createSavedView = (
  projectId: string,
  view: Pick<SavedView, 'table' | 'name' | 'search' | 'visibility' | 'isDefault'>,
) => request<SavedView>(base(projectId), { method: 'POST', body: view });

export const updateSavedView = (
  projectId: string,
  viewId: string,
  changes: Partial<Pick<SavedView, 'name' | 'search' | 'visibility' | 'isDefault'>>,
) =>
  request<SavedView>(`${base(projectId)}/${encodeURIComponent(viewId)}`, { method: 'PATCH', body: changes });

export const deleteSavedView = (projectId: string, viewId: string) =>
  request<unknown>(`${base(projectId)}/${encodeURIComponent(viewId)}`, { method: 'DELETE' });
