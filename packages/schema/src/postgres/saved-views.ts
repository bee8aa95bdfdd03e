import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { users } from './accounts';
import { createdAt, updatedAt } from './columns';
import { projects } from './projects';

export const savedViewTables = ['traces', 'observations', 'sessions', 'users', 'scores'] as const;
export type SavedViewTable = (typeof savedViewTables)[number];

/** What a table of the explorer was set to when somebody gave it a name: filter, columns, order, range. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    tableName: text('table_name').$type<SavedViewTable>().notNull(),
    name: text('name').notNull(),
    /** The query string of the screen's address, without the question mark. */
    search: text('search').notNull(),
    /** Who alone sees it; everybody of the project when null. */
    ownerUserId: text('owner_user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** What the table opens with: for its owner, or for everybody of the project. */
    isDefault: boolean('is_default').notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('saved_views_project').on(table.projectId, table.tableName, table.name),
    uniqueIndex('saved_views_default')
      .on(table.projectId, table.tableName, sql`coalesce(${table.ownerUserId}, '')`)
      .where(sql`${table.isDefault}`),
  ],
);
