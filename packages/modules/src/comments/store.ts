import type { Relational } from '@tracewell/engines/relational/port';
import { users } from '@tracewell/schema/postgres/accounts';
import { comments } from '@tracewell/schema/postgres/comments';
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';

type Database = Relational['db'];
type Reader = Pick<Database, 'select'>;
export type CommentRow = typeof comments.$inferSelect;

export interface CommentSelection {
  projectId: string;
  objectType?: CommentRow['objectType'] | undefined;
  objectId?: string | undefined;
  authorUserId?: string | undefined;
}

const conditionsOf = ({ projectId, objectType, objectId, authorUserId }: CommentSelection) =>
  and(
    eq(comments.projectId, projectId),
    objectType && eq(comments.objectType, objectType),
    objectId === undefined ? undefined : eq(comments.objectId, objectId),
    authorUserId === undefined ? undefined : eq(comments.authorUserId, authorUserId),
  );

/** Oldest first, ties by id. */
export const listCommentRows = (
  db: Reader,
  selection: CommentSelection,
  page: { limit: number; offset: number },
): Promise<CommentRow[]> =>
  db
    .select()
    .from(comments)
    .where(conditionsOf(selection))
    .orderBy(asc(comments.createdAt), asc(comments.id))
    .limit(page.limit)
    .offset(page.offset);

export async function countCommentRows(db: Reader, selection: CommentSelection): Promise<number> {
  const [row] = await db.select({ total: count() }).from(comments).where(conditionsOf(selection));
  return row?.total ?? 0;
}

export async function findComment(
  db: Reader,
  projectId: string,
  commentId: string,
): Promise<CommentRow | null> {
  const [row] = await db
    .select()
    .from(comments)
    .where(and(eq(comments.projectId, projectId), eq(comments.id, commentId)))
    .limit(1);
  return row ?? null;
}

export async function insertComment(
  writer: Pick<Database, 'insert'>,
  comment: typeof comments.$inferInsert,
): Promise<void> {
  await writer.insert(comments).values(comment);
}

type Place = Pick<CommentSelection, 'projectId'> & { objectType: CommentRow['objectType'] };

/** How many comments each commented thing has; things without any are not among them. */
export const countCommentsByObject = (
  db: Reader,
  place: Place,
  limit: number,
): Promise<{ objectId: string; total: number }[]> =>
  db
    .select({ objectId: comments.objectId, total: count() })
    .from(comments)
    .where(conditionsOf(place))
    .groupBy(comments.objectId)
    .limit(limit);

const textOperators = {
  '=': (value: string) => sql`${comments.content} = ${value}`,
  contains: (value: string) => sql`strpos(${comments.content}, ${value}) > 0`,
  'starts with': (value: string) => sql`starts_with(${comments.content}, ${value})`,
  'ends with': (value: string) => sql`right(${comments.content}, length(${value}::text)) = ${value}`,
};

/** Things with a comment whose text the condition holds for; the value is taken literally. */
export async function findObjectsByContent(
  db: Pick<Database, 'selectDistinct'>,
  place: Place,
  condition: { operator: keyof typeof textOperators; value: string },
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectDistinct({ objectId: comments.objectId })
    .from(comments)
    .where(and(conditionsOf(place), textOperators[condition.operator](condition.value)))
    .limit(limit);
  return rows.map(({ objectId }) => objectId);
}

/** With the name of who wrote each; the newest first. */
export const listWithAuthors = (db: Reader, selection: CommentSelection, limit: number) =>
  db
    .select({ comment: comments, authorName: users.name })
    .from(comments)
    .leftJoin(users, eq(users.id, comments.authorUserId))
    .where(conditionsOf(selection))
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(limit);

export async function updateContent(
  writer: Pick<Database, 'update'>,
  projectId: string,
  commentId: string,
  content: string,
): Promise<void> {
  await writer
    .update(comments)
    .set({ content, updatedAt: new Date() })
    .where(and(eq(comments.projectId, projectId), eq(comments.id, commentId)));
}

export async function removeComment(
  writer: Pick<Database, 'delete'>,
  projectId: string,
  commentId: string,
): Promise<void> {
  await writer.delete(comments).where(and(eq(comments.projectId, projectId), eq(comments.id, commentId)));
}

/** How many comments each of these things has; things without any are not among them. */
export const countCommentsOf = (
  db: Reader,
  place: Place,
  objectIds: readonly string[],
): Promise<{ objectId: string; total: number }[]> =>
  db
    .select({ objectId: comments.objectId, total: count() })
    .from(comments)
    .where(and(conditionsOf(place), inArray(comments.objectId, [...objectIds])))
    .groupBy(comments.objectId);
