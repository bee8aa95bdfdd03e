import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns';

/** The ledger of stored raw batches that were ingested: what is stored and not here is driven again. */
export const ingestedBatches = pgTable(
  'ingested_batches',
  {
    batchKey: text('batch_key').primaryKey(),
    /** Events that were acknowledged; accepted = written + dead-lettered + suppressed. */
    accepted: integer('accepted').notNull(),
    written: integer('written').notNull(),
    deadLettered: integer('dead_lettered').notNull(),
    /** Events of what was deleted after they were received. */
    suppressed: integer('suppressed').notNull().default(0),
    ingestedAt: instant('ingested_at').notNull().default(sql`now()`),
  },
  (table) => [index('ingested_batches_ingested_at').on(table.ingestedAt)],
);

/** An acknowledged event that could not be written, and why. Its bytes stay in the raw batch. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    id: text('id').primaryKey(),
    batchKey: text('batch_key').notNull(),
    /** Position of the request in the batch, and of the event in the request; null when all of it is meant. */
    frame: integer('frame'),
    position: integer('position'),
    projectId: text('project_id').notNull(),
    kind: text('kind').notNull(),
    reasonCode: text('reason_code').notNull(),
    reason: text('reason').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('dead_letters_project').on(table.projectId, table.createdAt),
    index('dead_letters_batch').on(table.batchKey),
  ],
);
