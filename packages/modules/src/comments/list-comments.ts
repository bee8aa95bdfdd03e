import {
  type AnswerOf,
  ApiError,
  type listComments as operation,
  type PublicComment,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { type CommentRow, countCommentRows, findComment, listCommentRows } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** One page of the project's comments, the oldest first. */
export async function listComments(
  { relational }: Deps,
  access: ProjectAccess,
  { page, limit, ...selection }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'comments:read');
  const selected = { ...selection, projectId: access.projectId };
  const [rows, totalItems] = await Promise.all([
    listCommentRows(relational.db, selected, { limit, offset: (page - 1) * limit }),
    countCommentRows(relational.db, selected),
  ]);
  return { data: rows.map(toPublicComment), meta: toPageMeta({ page, limit }, totalItems) };
}

/** Throws `not_found`. */
export async function getComment(
  { relational }: Deps,
  access: ProjectAccess,
  commentId: string,
): Promise<PublicComment> {
  requireScope(access, 'comments:read');
  const row = await findComment(relational.db, access.projectId, commentId);
  if (!row) throw new ApiError('not_found', `Comment ${commentId} not found within authorized project`);
  return toPublicComment(row);
}

const toPublicComment = (row: CommentRow): PublicComment => ({
  id: row.id,
  projectId: row.projectId,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  objectType: row.objectType,
  objectId: row.objectId,
  content: row.content,
  authorUserId: row.authorUserId,
});
