import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns';
import { projects } from './projects';

/** What users and agents said about this installation. */
export const feedback = pgTable(
  'feedback',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    targetType: text('target_type').notNull(),
    target: text('target').notNull(),
    feedback: text('feedback').notNull(),
    goal: text('goal'),
    /** Kept as text, never fetched. */
    referenceUrl: text('reference_url'),
    createdAt: createdAt(),
  },
  (table) => [index('feedback_project').on(table.projectId, table.createdAt)],
);
