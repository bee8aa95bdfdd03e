import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, updatedAt } from './columns';
import { projects } from './projects';

/** Skills of agents; what all versions have in common. */
export const skills = pgTable(
  'skills',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    tags: text('tags').array().notNull(),
    /** Counts on when versions are deleted: a number is never given twice. */
    lastVersion: integer('last_version').notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('skills_project_name').on(table.projectId, table.name)],
);

export const skillVersions = pgTable(
  'skill_versions',
  {
    id: text('id').primaryKey(),
    skillId: text('skill_id')
      .notNull()
      .references(() => skills.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    description: text('description').notNull(),
    /** Of its SKILL.md. */
    frontmatter: jsonb('frontmatter').notNull(),
    /** Without `latest`, which is always the highest version. */
    labels: text('labels').array().notNull(),
    commitMessage: text('commit_message'),
    /** The actor, as the audit log has it. */
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex('skill_versions_version').on(table.skillId, table.version)],
);

/** Contents of files, once a project however many versions have them. */
export const skillBlobs = pgTable(
  'skill_blobs',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** Of the UTF-8 bytes, base64. */
    sha256: text('sha256').notNull(),
    content: text('content').notNull(),
    /** Bytes. */
    contentLength: integer('content_length').notNull(),
  },
  (table) => [uniqueIndex('skill_blobs_project_sha256').on(table.projectId, table.sha256)],
);

export const skillFiles = pgTable(
  'skill_files',
  {
    skillVersionId: text('skill_version_id')
      .notNull()
      .references(() => skillVersions.id, { onDelete: 'cascade' }),
    path: text('path').notNull(),
    id: text('id').notNull(),
    blobId: text('blob_id')
      .notNull()
      .references(() => skillBlobs.id),
    contentType: text('content_type').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.skillVersionId, table.path] }),
    index('skill_files_blob').on(table.blobId),
  ],
);
