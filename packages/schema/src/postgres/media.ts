import { bigint, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt, instant, updatedAt } from './columns';
import { projects } from './projects';

/** A picture, sound or file that records refer to. Its bytes are in the object store, once per project. */
export const media = pgTable(
  'media',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** The first 22 characters of the hash in the alphabet of URLs, as clients compute it, too. */
    id: text('id').notNull(),
    /** SHA-256 of the bytes, base64. */
    sha256Hash: text('sha256_hash').notNull(),
    contentType: text('content_type').notNull(),
    contentLength: bigint('content_length', { mode: 'number' }).notNull(),
    /** As last reported; 200 or 201: the bytes are there. */
    uploadHttpStatus: integer('upload_http_status'),
    uploadHttpError: text('upload_http_error'),
    uploadTimeMs: integer('upload_time_ms'),
    uploadedAt: instant('uploaded_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

const reference = {
  projectId: text('project_id').notNull(),
  mediaId: text('media_id').notNull(),
  /** `input`, `output`, `metadata`; of a dataset item `expectedOutput` as well. */
  field: text('field').notNull(),
};

/** Which traces, observations and dataset items show what. They need not be there yet. */
export const traceMedia = pgTable(
  'trace_media',
  { ...reference, traceId: text('trace_id').notNull() },
  (table) => [
    primaryKey({
      name: 'trace_media_pk',
      columns: [table.projectId, table.traceId, table.mediaId, table.field],
    }),
    index('trace_media_media').on(table.projectId, table.mediaId),
    foreignKey({
      name: 'trace_media_media_fk',
      columns: [table.projectId, table.mediaId],
      foreignColumns: [media.projectId, media.id],
    }).onDelete('cascade'),
  ],
);

export const observationMedia = pgTable(
  'observation_media',
  { ...reference, traceId: text('trace_id').notNull(), observationId: text('observation_id').notNull() },
  (table) => [
    primaryKey({
      name: 'observation_media_pk',
      columns: [table.projectId, table.traceId, table.observationId, table.mediaId, table.field],
    }),
    index('observation_media_media').on(table.projectId, table.mediaId),
    foreignKey({
      name: 'observation_media_media_fk',
      columns: [table.projectId, table.mediaId],
      foreignColumns: [media.projectId, media.id],
    }).onDelete('cascade'),
  ],
);

export const datasetItemMedia = pgTable(
  'dataset_item_media',
  { ...reference, datasetId: text('dataset_id').notNull(), datasetItemId: text('dataset_item_id').notNull() },
  (table) => [
    primaryKey({
      name: 'dataset_item_media_pk',
      columns: [table.projectId, table.datasetId, table.datasetItemId, table.mediaId, table.field],
    }),
    index('dataset_item_media_media').on(table.projectId, table.mediaId),
    foreignKey({
      name: 'dataset_item_media_media_fk',
      columns: [table.projectId, table.mediaId],
      foreignColumns: [media.projectId, media.id],
    }).onDelete('cascade'),
  ],
);
