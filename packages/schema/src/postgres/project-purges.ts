import { sql } from 'drizzle-orm';
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/**
 * Deleted projects whose data is to go, and those whose data is gone. Written in the transaction of the deletion
 * and without foreign keys: a purge outlives the project and its organization.
 *
 *   requested → emptied (all that was there is gone) → purged (what was still on its way is gone, too)
 */
export const projectPurges = pgTable(
  'project_purges',
  {
    projectId: text('project_id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    requestedAt: instant('requested_at').notNull().default(sql`now()`),
    emptiedAt: instant('emptied_at'),
    purgedAt: instant('purged_at'),
    /** A worker has it in hand until then. */
    claimedUntil: instant('claimed_until'),
  },
  (table) => [index('project_purges_open').on(table.requestedAt).where(sql`${table.purgedAt} is null`)],
);
