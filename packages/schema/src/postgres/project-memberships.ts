import { sql } from 'drizzle-orm';
import { check, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt, updatedAt } from './columns';
import { organizationMemberships } from './organizations';
import { projects } from './projects';

/**
 * A role in one project, which counts there instead of the role in the organization. Only a member of the
 * organization has one: it goes with the membership, and with the project.
 */
export const projectMemberships = pgTable(
  'project_memberships',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    userId: text('user_id').notNull(),
    organizationId: text('organization_id').notNull(),
    role: text('role').$type<'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER' | 'NONE'>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.userId] }),
    index('project_memberships_member').on(table.organizationId, table.userId),
    foreignKey({
      name: 'project_memberships_member_fk',
      columns: [table.organizationId, table.userId],
      foreignColumns: [organizationMemberships.organizationId, organizationMemberships.userId],
    }).onDelete('cascade'),
    check('project_memberships_role', sql`${table.role} in ('OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'NONE')`),
  ],
);
