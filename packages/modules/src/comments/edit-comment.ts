import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { type CommentRow, findComment, removeComment, updateContent } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** Changes the text of a comment of one's own. Throws `not_found`, and `forbidden` for somebody else's. */
export async function editComment(
  { relational }: Deps,
  access: ProjectAccess,
  commentId: string,
  content: string,
): Promise<{ id: string }> {
  requireScope(access, 'comments:create');
  await relational.db.transaction(async (transaction) => {
    const before = await findOwn(transaction, access, commentId);
    if (before.content === content) return;
    await updateContent(transaction, access.projectId, commentId, content);
    await recordChange(transaction, {
      ...changeOf(access, 'update', commentId),
      before: { content: before.content },
      after: { content },
    });
  });
  return { id: commentId };
}

/** Takes a comment of one's own away. Throws `not_found`, and `forbidden` for somebody else's. */
export async function deleteComment(
  { relational }: Deps,
  access: ProjectAccess,
  commentId: string,
): Promise<void> {
  requireScope(access, 'comments:create');
  await relational.db.transaction(async (transaction) => {
    const { objectType, objectId, content } = await findOwn(transaction, access, commentId);
    await removeComment(transaction, access.projectId, commentId);
    await recordChange(transaction, {
      ...changeOf(access, 'delete', commentId),
      before: { objectType, objectId, content },
    });
  });
}

async function findOwn(
  db: Pick<Relational['db'], 'select'>,
  { projectId, actor }: ProjectAccess,
  commentId: string,
): Promise<CommentRow> {
  const row = await findComment(db, projectId, commentId);
  if (!row) throw new ApiError('not_found', `This project has no comment ${commentId}.`);
  if (actor.kind === 'user' && row.authorUserId === actor.id) return row;
  throw new ApiError(
    'forbidden',
    `Comment ${commentId} is somebody else's: only who wrote it may change it. Write a comment of your own.`,
  );
}

const changeOf = ({ actor, organizationId, projectId }: ProjectAccess, verb: string, id: string) => ({
  actor,
  organizationId,
  projectId,
  action: `comments.${verb}`,
  resourceType: 'comment',
  resourceId: id,
});
