import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant, updatedAt } from './columns';
import { projects } from './projects';

export const bulkActionStates = [
  'waiting',
  'running',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
] as const;
export type BulkActionState = (typeof bulkActionStates)[number];

/** Picked traces, or all that a search means. */
export type BulkTarget =
  | { traceIds: string[] }
  | { from?: string | undefined; to: string; filter?: string | undefined; q?: string | undefined };
export type BulkChange = { kind: 'delete' } | { kind: 'add-to-annotation-queue'; queueId: string };

/**
 * What is done to many traces at once, piece by piece.
 *
 *   waiting → running → done | failed | cancelled
 *   waiting → cancelled
 *   done | failed | cancelled → undoing → undone, when the change can be undone
 */
export const bulkActions = pgTable(
  'bulk_actions',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    change: jsonb('change').$type<BulkChange>().notNull(),
    target: jsonb('target').$type<BulkTarget>().notNull(),
    state: text('state').$type<BulkActionState>().notNull(),
    /** Where the next piece begins, as text of JSON; null at the beginning. */
    cursor: text('cursor'),
    /** Traces that were meant when it was asked for. */
    total: integer('total').notNull(),
    done: integer('done').notNull().default(0),
    /** Why it stopped, for a person. */
    error: text('error'),
    /** Tries of the piece in hand that failed. */
    attempts: integer('attempts').notNull().default(0),
    /** Not before then: until then even a deletion can be taken back. */
    startsAt: instant('starts_at').notNull(),
    /** A worker has it in hand until then. */
    claimedUntil: instant('claimed_until'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('bulk_actions_project').on(table.projectId, table.createdAt, table.id),
    index('bulk_actions_open')
      .on(table.startsAt)
      .where(sql`${table.state} in ('waiting', 'running', 'undoing')`),
  ],
);
