import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, exactJson, updatedAt } from './columns';
import { projects } from './projects';

export const promptTypes = ['text', 'chat'] as const;

/** A prompt by its name: what all of its versions have in common. */
export const prompts = pgTable(
  'prompts',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** Slashes make folders. */
    name: text('name').notNull(),
    type: text('type').$type<(typeof promptTypes)[number]>().notNull(),
    tags: text('tags').array().notNull().default(sql`'{}'`),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('prompts_name').on(table.projectId, table.name),
    check('prompts_type', sql`${table.type} in ('text', 'chat')`),
  ],
);

/**
 * What a client reads and an observation was made with: its id is the one on the wire. Content never changes.
 */
export const promptVersions = pgTable(
  'prompt_versions',
  {
    id: text('id').primaryKey(),
    promptId: text('prompt_id')
      .notNull()
      .references(() => prompts.id, { onDelete: 'cascade' }),
    /** From 1. */
    version: integer('version').notNull(),
    /** A text, or the list of messages of a chat. */
    content: exactJson('content').notNull(),
    config: exactJson('config').notNull(),
    commitMessage: text('commit_message'),
    /** A user's id, or `API`. */
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    /** Of the last change of its labels or tags. */
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex('prompt_versions_version').on(table.promptId, table.version)],
);

/** A name for one version of a prompt: it points at one version at a time. */
export const promptLabels = pgTable(
  'prompt_labels',
  {
    promptId: text('prompt_id')
      .notNull()
      .references(() => prompts.id, { onDelete: 'cascade' }),
    label: text('label').notNull(),
    versionId: text('version_id')
      .notNull()
      .references(() => promptVersions.id, { onDelete: 'cascade' }),
    /** Labels are shown in the order in which they were given. */
    position: bigint('position', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  },
  (table) => [
    primaryKey({ columns: [table.promptId, table.label] }),
    index('prompt_labels_version').on(table.versionId),
  ],
);

/** One reference of a version's content to another prompt, by version or by label. */
export const promptDependencies = pgTable(
  'prompt_dependencies',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => promptVersions.id, { onDelete: 'cascade' }),
    /** Order of appearance. */
    position: integer('position').notNull(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    childName: text('child_name').notNull(),
    childVersion: integer('child_version'),
    childLabel: text('child_label'),
  },
  (table) => [
    primaryKey({ columns: [table.versionId, table.position] }),
    index('prompt_dependencies_child').on(table.projectId, table.childName),
    check(
      'prompt_dependencies_selector',
      sql`(${table.childVersion} is null) <> (${table.childLabel} is null)`,
    ),
  ],
);

/** Labels that only admins move, in any prompt of the project. */
export const protectedPromptLabels = pgTable(
  'protected_prompt_labels',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    label: text('label').notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.label] })],
);
