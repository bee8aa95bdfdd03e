import { request } from './request';
import type { ApiKey, CreatedApiKey, SessionResponse } from './types';

export const fetchSession = (signal?: AbortSignal) =>
  request<SessionResponse>('/api/v1/session', signal ? { signal } : {});

export const signIn = (email: string, password: string) =>
  request<unknown>('/api/auth/sign-in/email', { method: 'POST', body: { email, password } });

export const signOut = () => request<unknown>('/api/auth/sign-out', { method: 'POST', body: {} });

const keys = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}/api-keys`;

export const fetchApiKeys = (projectId: string, signal?: AbortSignal) =>
  request<{ data: ApiKey[] }>(keys(projectId), signal ? { signal } : {});

export const createApiKey = (projectId: string, note: string) =>
  request<CreatedApiKey>(keys(projectId), { method: 'POST', body: note ? { note } : {} });

export const deleteApiKey = (projectId: string, apiKeyId: string) =>
  request<unknown>(`${keys(projectId)}/${encodeURIComponent(apiKeyId)}`, { method: 'DELETE' });
