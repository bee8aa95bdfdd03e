import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { users } from './accounts';
import { createdAt, instant, updatedAt } from './columns';
import { projects } from './projects';

/** How something is judged. Names need not be unique: the older API takes the newest that has the name. */
export const evaluators = pgTable(
  'evaluators',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    description: text('description'),
    type: text('type').$type<'llm_as_judge' | 'code'>().notNull(),
    /** Set together, when running it became impossible. */
    pausedAt: instant('paused_at'),
    pausedReason: text('paused_reason'),
    pausedMessage: text('paused_message'),
    createdByUserId: text('created_by_user_id').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('evaluators_project').on(table.projectId, table.createdAt, table.id),
    index('evaluators_name').on(table.projectId, table.name),
    check('evaluators_type', sql`${table.type} in ('llm_as_judge', 'code')`),
  ],
);

/** Every definition an evaluator had; never updated. */
export const evaluatorVersions = pgTable(
  'evaluator_versions',
  {
    id: text('id').primaryKey(),
    evaluatorId: text('evaluator_id')
      .notNull()
      .references(() => evaluators.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    /** Of a judge: prompt, mapping, model and output; of code: source and language. */
    definition: jsonb('definition').notNull(),
    createdByUserId: text('created_by_user_id').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('evaluator_versions_version').on(table.evaluatorId, table.version)],
);

/** Which observations are judged. */
export const evaluationRules = pgTable(
  'evaluation_rules',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    enabled: boolean('enabled').notNull(),
    /** Share of what matches that is judged, 0 to 1. */
    sampling: doublePrecision('sampling').notNull(),
    /** Conditions that all must hold; none: everything matches. */
    filter: jsonb('filter').notNull(),
    createdByUserId: text('created_by_user_id').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('evaluation_rules_project').on(table.projectId, table.createdAt, table.id),
    check('evaluation_rules_sampling', sql`${table.sampling} between 0 and 1`),
  ],
);

/** By which evaluators a rule has them judged, in the order of `position`. */
export const evaluationRuleEvaluators = pgTable(
  'evaluation_rule_evaluators',
  {
    evaluationRuleId: text('evaluation_rule_id')
      .notNull()
      .references(() => evaluationRules.id, { onDelete: 'cascade' }),
    evaluatorId: text('evaluator_id')
      .notNull()
      .references(() => evaluators.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    /** Null: the mapping of the evaluator's newest version. */
    mapping: jsonb('mapping'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.evaluationRuleId, table.evaluatorId] }),
    index('evaluation_rule_evaluators_evaluator').on(table.evaluatorId),
  ],
);
