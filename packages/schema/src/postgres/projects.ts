import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant, updatedAt } from './columns';
import { organizations } from './organizations';

export const projects = pgTable(
  'projects',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    metadata: jsonb('metadata').$type<Record<string, unknown>>(),
    /** Days that traces are kept; null: for ever. */
    retentionDays: integer('retention_days'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** Set when deletion was asked for: invisible from then on, purged in the background. */
    deletedAt: instant('deleted_at'),
  },
  (table) => [index('projects_organization').on(table.organizationId)],
);
