import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { users } from './accounts';
import { createdAt, instant } from './columns';
import { organizations } from './organizations';
import { projects } from './projects';

export const apiKeyScopes = ['PROJECT', 'ORGANIZATION'] as const;

/** A key speaks for one project, or for one organization. The secret itself is never stored. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    scope: text('scope').$type<(typeof apiKeyScopes)[number]>().notNull(),
    projectId: text('project_id').references(() => projects.id, { onDelete: 'cascade' }),
    organizationId: text('organization_id').references(() => organizations.id, { onDelete: 'cascade' }),
    publicKey: text('public_key').notNull(),
    /** Hex SHA-256 of the secret followed by the hex SHA-256 of the installation's salt. */
    fastHashedSecretKey: text('fast_hashed_secret_key').notNull(),
    /** `sk-lf-...abcd`, to tell keys apart. */
    displaySecretKey: text('display_secret_key').notNull(),
    note: text('note'),
    createdByUserId: text('created_by_user_id').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    /** Written at most once a minute. */
    lastUsedAt: instant('last_used_at'),
    expiresAt: instant('expires_at'),
  },
  (table) => [
    uniqueIndex('api_keys_public_key').on(table.publicKey),
    uniqueIndex('api_keys_fast_hashed_secret_key').on(table.fastHashedSecretKey),
    index('api_keys_project').on(table.projectId),
    index('api_keys_organization').on(table.organizationId),
    check(
      'api_keys_owner',
      sql`(${table.scope} = 'PROJECT' and ${table.projectId} is not null and ${table.organizationId} is null)
        or (${table.scope} = 'ORGANIZATION' and ${table.projectId} is null and ${table.organizationId} is not null)`,
    ),
  ],
);
