import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant, updatedAt } from './columns';
import { projects } from './projects';

/** Where a project's records are exported to, and how far that has come. One per project. */
export const blobStorageIntegrations = pgTable('blob_storage_integrations', {
  projectId: text('project_id')
    .primaryKey()
    .references(() => projects.id, { onDelete: 'cascade' }),
  type: text('type').notNull(),
  bucketName: text('bucket_name').notNull(),
  endpoint: text('endpoint'),
  region: text('region').notNull(),
  /** null: the server's own credentials. */
  accessKeyId: text('access_key_id'),
  encryptedSecretAccessKey: text('encrypted_secret_access_key'),
  /** '' or ends with a slash. */
  prefix: text('prefix').notNull(),
  exportFrequency: text('export_frequency').notNull(),
  enabled: boolean('enabled').notNull(),
  forcePathStyle: boolean('force_path_style').notNull(),
  fileType: text('file_type').notNull(),
  exportMode: text('export_mode').notNull(),
  exportStartDate: instant('export_start_date'),
  compressed: boolean('compressed').notNull(),
  exportSource: text('export_source').notNull(),
  /** null: all of them. */
  exportFieldGroups: text('export_field_groups').array(),
  nextSyncAt: instant('next_sync_at'),
  lastSyncAt: instant('last_sync_at'),
  lastError: text('last_error'),
  lastErrorAt: instant('last_error_at'),
  /** Set while an export runs. */
  runningSince: instant('running_since'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});
