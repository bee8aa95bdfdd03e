import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, exactJson, instant, updatedAt } from './columns';
import { projects } from './projects';

export const datasetItemStatuses = ['ACTIVE', 'ARCHIVED'] as const;

const projectId = () =>
  text('project_id')
    .notNull()
    .references(() => projects.id, { onDelete: 'cascade' });

/** A slash in the name makes folders; the name is what clients know a dataset by. */
export const datasets = pgTable(
  'datasets',
  {
    id: text('id').primaryKey(),
    projectId: projectId(),
    name: text('name').notNull(),
    description: text('description'),
    metadata: exactJson('metadata'),
    /** JSON Schemas that the input and the expected output of every item fit. */
    inputSchema: exactJson('input_schema'),
    expectedOutputSchema: exactJson('expected_output_schema'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('datasets_name').on(table.projectId, table.name),
    index('datasets_created').on(table.projectId, table.createdAt),
  ],
);

/**
 * One row per version of an item. A version holds from `valid_from` up to and without `valid_to`; the one that
 * holds now has none. Nothing is overwritten, so a dataset can be read as of any moment; a deleted item has no
 * version that holds now.
 */
export const datasetItems = pgTable(
  'dataset_items',
  {
    projectId: projectId(),
    id: text('id').notNull(),
    datasetId: text('dataset_id')
      .notNull()
      .references(() => datasets.id, { onDelete: 'cascade' }),
    status: text('status').$type<(typeof datasetItemStatuses)[number]>().notNull(),
    input: exactJson('input'),
    expectedOutput: exactJson('expected_output'),
    metadata: exactJson('metadata'),
    sourceTraceId: text('source_trace_id'),
    sourceObservationId: text('source_observation_id'),
    /** Of the item; of the version it is `valid_from`. */
    createdAt: createdAt(),
    validFrom: instant('valid_from').notNull(),
    validTo: instant('valid_to'),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.id, table.validFrom] }),
    uniqueIndex('dataset_items_current').on(table.projectId, table.id).where(sql`${table.validTo} is null`),
    index('dataset_items_dataset').on(table.datasetId, table.createdAt.desc(), table.id),
    index('dataset_items_source').on(table.projectId, table.sourceTraceId),
  ],
);

/**
 * A run of an experiment over a dataset. The id follows from project, dataset and name, so that a client that
 * only records spans names the same run.
 */
export const datasetRuns = pgTable(
  'dataset_runs',
  {
    projectId: projectId(),
    id: text('id').notNull(),
    datasetId: text('dataset_id')
      .notNull()
      .references(() => datasets.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    description: text('description'),
    metadata: exactJson('metadata'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** The row stays when a run is deleted: spans that name the run outlive it, and must not bring it back. */
    isDeleted: boolean('is_deleted').notNull().default(false),
    /** Deleted then: what was recorded before no longer belongs to the run, what comes later does. */
    clearedAt: instant('cleared_at'),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.id] }),
    index('dataset_runs_name').on(table.datasetId, table.name),
    index('dataset_runs_cleared')
      .on(table.projectId, table.clearedAt)
      .where(sql`${table.clearedAt} is not null`),
  ],
);

/** What a run made of an item: a trace, or an observation of it. */
export const datasetRunItems = pgTable(
  'dataset_run_items',
  {
    id: text('id').primaryKey(),
    projectId: projectId(),
    datasetRunId: text('dataset_run_id').notNull(),
    datasetItemId: text('dataset_item_id').notNull(),
    /** The version of the item that was run. */
    datasetItemValidFrom: instant('dataset_item_valid_from').notNull(),
    traceId: text('trace_id').notNull(),
    observationId: text('observation_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    foreignKey({
      name: 'dataset_run_items_run',
      columns: [table.projectId, table.datasetRunId],
      foreignColumns: [datasetRuns.projectId, datasetRuns.id],
    }).onDelete('cascade'),
    // A client that tries again says nothing new.
    uniqueIndex('dataset_run_items_said').on(
      table.projectId,
      table.datasetRunId,
      table.datasetItemId,
      table.traceId,
      sql`coalesce(${table.observationId}, '')`,
    ),
    index('dataset_run_items_item').on(table.projectId, table.datasetItemId),
    index('dataset_run_items_created').on(table.projectId, table.createdAt),
  ],
);
