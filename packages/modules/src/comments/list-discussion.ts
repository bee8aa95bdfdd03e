import {
  type AnswerOf,
  maxDiscussion,
  type listDiscussion as operation,
  type QueryOf,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { listWithAuthors } from './store';

/** The comments on one thing with the names of their authors, the oldest first. */
export async function listDiscussion(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  { objectType, objectId }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'comments:read');
  const { projectId, actor } = access;
  const rows = await listWithAuthors(relational.db, { projectId, objectType, objectId }, maxDiscussion);
  return {
    data: rows.reverse().map(({ comment, authorName }) => ({
      id: comment.id,
      content: comment.content,
      author:
        comment.authorUserId !== null && authorName !== null
          ? { id: comment.authorUserId, name: authorName }
          : null,
      isOwn: actor.kind === 'user' && comment.authorUserId === actor.id,
      createdAt: comment.createdAt.toISOString(),
      updatedAt: comment.updatedAt.toISOString(),
    })),
  };
}
