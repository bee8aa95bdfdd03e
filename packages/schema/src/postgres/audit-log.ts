import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns';

/**
 * Who changed what. Written in the transaction of the change; never updated. No foreign keys: an entry outlives
 * what it speaks of.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id'),
    projectId: text('project_id'),
    /** `user`, `api-key` or `system`. */
    actorKind: text('actor_kind').$type<'user' | 'api-key' | 'system'>().notNull(),
    /** A user's id, a key's public half, or the part of the system. */
    actorId: text('actor_id').notNull(),
    /** `api-keys.create`: the module and its verb. */
    action: text('action').notNull(),
    resourceType: text('resource_type').notNull(),
    resourceId: text('resource_id').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
    createdAt: createdAt(),
  },
  (table) => [
    index('audit_log_project').on(table.projectId, table.createdAt),
    index('audit_log_organization').on(table.organizationId, table.createdAt),
  ],
);
