import { z } from 'zod';
import { defineOperation } from '../operation';
import { commentObjectTypes, maxCommentChars } from '../public/comments';
import { storableId, storableText } from '../storable-text';

/**
 * Comments as people write and read them on a screen. Whoever is spoken to is named in the text as
 * `@[Name](user:id)`.
 */

const project = '/api/v1/projects/{projectId}' as const;
const tag = 'Comments';
const projectId = z.string().min(1);
const time = z.iso.datetime({ offset: true });
const params = z.object({ projectId });

/** Comments on one thing in one answer; the newest of more. */
export const maxDiscussion = 500;
/** People that a completion offers. */
export const maxMentionable = 20;

const person = z.object({ id: z.string(), name: z.string() });
export const discussionComment = z
  .object({
    id: z.string(),
    content: z.string(),
    /** null when a program wrote it, or somebody who is gone. */
    author: person.nullable(),
    /** Whether the caller wrote it, and so may change it. */
    isOwn: z.boolean(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'DiscussionComment' });
export type DiscussionComment = z.infer<typeof discussionComment>;

const content = storableText(maxCommentChars * 2)
  .trim()
  .min(1)
  .max(maxCommentChars);
const object = { objectType: z.enum(commentObjectTypes), objectId: storableId };

export const listDiscussion = defineOperation({
  id: 'listDiscussion',
  method: 'GET',
  path: `${project}/comments`,
  scope: 'comments:read',
  tag,
  summary: 'The comments on one thing with the names of their authors, the oldest first.',
  params,
  query: z.object(object),
  responses: { 200: z.object({ data: z.array(discussionComment) }) },
});

export const writeComment = defineOperation({
  id: 'writeComment',
  method: 'POST',
  path: `${project}/comments`,
  scope: 'comments:create',
  tag,
  summary: 'Comments on a thing, as the person who is signed in.',
  params,
  body: z.strictObject({ ...object, content }),
  responses: { 201: z.object({ id: z.string() }) },
});

export const editComment = defineOperation({
  id: 'editComment',
  method: 'PATCH',
  path: `${project}/comments/{commentId}`,
  scope: 'comments:create',
  tag,
  summary: 'Changes the text of a comment of one’s own.',
  params: params.extend({ commentId: storableId }),
  body: z.strictObject({ content }),
  responses: { 200: z.object({ id: z.string() }) },
});

export const deleteComment = defineOperation({
  id: 'deleteComment',
  method: 'DELETE',
  path: `${project}/comments/{commentId}`,
  scope: 'comments:create',
  tag,
  summary: 'Takes a comment of one’s own away.',
  params: params.extend({ commentId: storableId }),
  responses: { 200: z.object({ success: z.literal(true) }) },
});

export const listMentionable = defineOperation({
  id: 'listMentionable',
  method: 'GET',
  path: `${project}/mentionable`,
  scope: 'comments:create',
  tag,
  summary:
    'Members who can be spoken to in a comment, by name, whose name or address begins a word with the text.',
  params,
  query: z.object({ search: storableText(100).default('') }),
  responses: { 200: z.object({ data: z.array(person) }) },
});

export const countTraceComments = defineOperation({
  id: 'countTraceComments',
  method: 'GET',
  path: `${project}/traces/{traceId}/comment-counts`,
  scope: 'comments:read',
  tag,
  summary: 'How many comments a trace has, and each of its observations that has any.',
  params: params.extend({ traceId: storableId }),
  responses: {
    200: z.object({ trace: z.number().int(), observations: z.record(z.string(), z.number().int()) }),
  },
});
