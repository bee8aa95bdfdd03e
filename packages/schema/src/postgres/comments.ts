import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { users } from './accounts';
import { createdAt, updatedAt } from './columns';
import { projects } from './projects';

export const commentObjectTypes = ['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'] as const;
export type CommentObjectType = (typeof commentObjectTypes)[number];

/** What people say of a thing. The thing may be recorded data, so there is no foreign key. */
export const comments = pgTable(
  'comments',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    objectType: text('object_type').$type<CommentObjectType>().notNull(),
    objectId: text('object_id').notNull(),
    content: text('content').notNull(),
    authorUserId: text('author_user_id').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('comments_object').on(table.projectId, table.objectType, table.objectId, table.createdAt),
    index('comments_project').on(table.projectId, table.createdAt, table.id),
  ],
);
