import type { ScoreCategory, ScoreConfigDataType } from '@tracewell/domain';
import { boolean, doublePrecision, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, updatedAt } from './columns';
import { projects } from './projects';

/** What scores of a name may be. Never deleted, as scores name them; archived instead. */
export const scoreConfigs = pgTable(
  'score_configs',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    dataType: text('data_type').$type<ScoreConfigDataType>().notNull(),
    isArchived: boolean('is_archived').notNull().default(false),
    minValue: doublePrecision('min_value'),
    maxValue: doublePrecision('max_value'),
    categories: jsonb('categories').$type<ScoreCategory[]>(),
    description: text('description'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('score_configs_project').on(table.projectId, table.createdAt, table.id)],
);
