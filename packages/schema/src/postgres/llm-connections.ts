import { boolean, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, updatedAt } from './columns';
import { projects } from './projects';

/** How a project reaches a provider of models. What is secret of it is encrypted and never returned. */
export const llmConnections = pgTable(
  'llm_connections',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** The project's own name for it. */
    provider: text('provider').notNull(),
    adapter: text('adapter').notNull(),
    encryptedSecretKey: text('encrypted_secret_key').notNull(),
    /** `...abcd`, to tell keys apart. */
    displaySecretKey: text('display_secret_key').notNull(),
    baseUrl: text('base_url'),
    customModels: text('custom_models').array().notNull(),
    withDefaultModels: boolean('with_default_models').notNull(),
    /** JSON of name → value, encrypted as a whole; null: none. */
    encryptedExtraHeaders: text('encrypted_extra_headers'),
    extraHeaderKeys: text('extra_header_keys').array().notNull(),
    config: jsonb('config').$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex('llm_connections_provider').on(table.projectId, table.provider)],
);
