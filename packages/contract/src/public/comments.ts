import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { storableId, storableText } from '../storable-text';

const tag = 'Comments';
const time = z.iso.datetime({ offset: true });

export const commentObjectTypes = ['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'] as const;
export const maxCommentChars = 5_000;

export const comment = z
  .object({
    id: z.string(),
    projectId: z.string(),
    createdAt: time,
    updatedAt: time,
    objectType: z.enum(commentObjectTypes),
    objectId: z.string(),
    content: z.string(),
    /** null when a program wrote it for nobody. */
    authorUserId: z.string().nullable(),
  })
  .meta({ id: 'Comment' });
export type PublicComment = z.infer<typeof comment>;

export const listComments = defineOperation({
  id: 'listComments',
  method: 'GET',
  path: '/api/public/comments',
  scope: 'comments:read',
  tag,
  summary: 'Comments on traces, observations, sessions and prompts, the oldest first.',
  query: z
    .strictObject({
      ...pageQuery,
      objectType: z.enum(commentObjectTypes).optional(),
      objectId: storableId.optional(),
      authorUserId: storableId.optional(),
    })
    .refine(({ objectType, objectId }) => objectId === undefined || objectType !== undefined, {
      path: ['objectType'],
      message: 'objectId needs objectType beside it',
    }),
  responses: { 200: pageOf(comment) },
});

export const createComment = defineOperation({
  id: 'createComment',
  method: 'POST',
  path: '/api/public/comments',
  scope: 'comments:create',
  tag,
  summary: 'Comments on a trace, an observation, a session or a version of a prompt.',
  body: z.strictObject({
    /** The key says which project it is; clients send one all the same. */
    projectId: z.string().nullish(),
    objectType: z.enum(commentObjectTypes),
    /** Of a prompt the id of its version. */
    objectId: storableId,
    content: storableText(maxCommentChars * 2)
      .trim()
      .min(1)
      .max(maxCommentChars),
    authorUserId: storableId.nullish(),
  }),
  responses: { 200: z.object({ id: z.string() }) },
});

export const getComment = defineOperation({
  id: 'getComment',
  method: 'GET',
  path: '/api/public/comments/{commentId}',
  scope: 'comments:read',
  tag,
  summary: 'One comment.',
  params: z.object({ commentId: storableId }),
  responses: { 200: comment },
});
