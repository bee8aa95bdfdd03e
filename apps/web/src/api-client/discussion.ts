import { queryOptions } from '@tanstack/react-query';
import type { countTraceComments, DiscussionComment, PublicComment } from '@tracewell/contract';
import type { z } from 'zod';
import { request } from './request';

export type CommentedObject = Pick<PublicComment, 'objectType' | 'objectId'>;
export type CommentCounts = z.infer<(typeof countTraceComments)['responses'][200]>;

const base = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}`;
const one = (projectId: string, commentId: string) =>
  `${base(projectId)}/comments/${encodeURIComponent(commentId)}`;

export const discussionQuery = (projectId: string, { objectType, objectId }: CommentedObject) =>
  queryOptions({
    queryKey: ['project', projectId, 'comments', objectType, objectId],
    queryFn: ({ signal }) =>
      request<{ data: DiscussionComment[] }>(`${base(projectId)}/comments`, {
        query: { objectType, objectId },
        signal,
      }),
    staleTime: 10_000,
  });

export const commentCountsQuery = (projectId: string, traceId: string) =>
  queryOptions({
    queryKey: ['project', projectId, 'comment-counts', traceId],
    queryFn: ({ signal }) =>
      request<CommentCounts>(`${base(projectId)}/traces/${encodeURIComponent(traceId)}/comment-counts`, {
        signal,
      }),
    staleTime: 30_000,
  });

export const mentionableQuery = (projectId: string, search: string) =>
  queryOptions({
    queryKey: ['project', projectId, 'mentionable', search],
    queryFn: ({ signal }) =>
      request<{ data: { id: string; name: string }[] }>(`${base(projectId)}/mentionable`, {
        query: { search },
        signal,
      }),
    staleTime: 60_000,
  });

export const writeComment = (projectId: string, comment: CommentedObject & { content: string }) =>
  request<{ id: string }>(`${base(projectId)}/comments`, { method: 'POST', body: comment });
export const editComment = (projectId: string, commentId: string, content: string) =>
  request<{ id: string }>(one(projectId, commentId), { method: 'PATCH', body: { content } });
export const deleteComment = (projectId: string, commentId: string) =>
  request<unknown>(one(projectId, commentId), { method: 'DELETE' });
