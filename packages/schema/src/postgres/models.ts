import type { PricingTier } from '@tracewell/domain';
import { jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns';
import { projects } from './projects';

/**
 * A project's own definitions of models. A row is never changed: another one takes its place, under another id or
 * with a later `createdAt`, so that whoever remembers one by both remembers it right.
 */
export const models = pgTable(
  'models',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    modelName: text('model_name').notNull(),
    /** RE2. */
    matchPattern: text('match_pattern').notNull(),
    startDate: instant('start_date'),
    unit: text('unit'),
    tokenizerId: text('tokenizer_id'),
    /** As it came; what counting needs of it is read out of it. */
    tokenizerConfig: jsonb('tokenizer_config').$type<Record<string, unknown>>(),
    /** All of them, the default first: they are only ever read together. */
    pricingTiers: jsonb('pricing_tiers').$type<PricingTier[]>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('models_project_name').on(table.projectId, table.modelName)],
);
