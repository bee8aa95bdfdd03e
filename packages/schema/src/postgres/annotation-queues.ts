import {
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { users } from './accounts';
import { createdAt, instant, updatedAt } from './columns';
import { projects } from './projects';

export const annotationObjectTypes = ['TRACE', 'OBSERVATION', 'SESSION'] as const;
export type AnnotationObjectType = (typeof annotationObjectTypes)[number];
export const annotationStatuses = ['PENDING', 'COMPLETED'] as const;
export type AnnotationStatus = (typeof annotationStatuses)[number];

/** A list of things for people to score, and the configs they score with. */
export const annotationQueues = pgTable(
  'annotation_queues',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    description: text('description'),
    scoreConfigIds: jsonb('score_config_ids').$type<string[]>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('annotation_queues_project_name').on(table.projectId, table.name),
    // What hangs on a queue names its project as well: a row can never be of two.
    unique('annotation_queues_project_id').on(table.projectId, table.id),
    index('annotation_queues_project').on(table.projectId, table.createdAt, table.id),
  ],
);

export const annotationQueueItems = pgTable(
  'annotation_queue_items',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id').notNull(),
    queueId: text('queue_id').notNull(),
    objectId: text('object_id').notNull(),
    objectType: text('object_type').$type<AnnotationObjectType>().notNull(),
    status: text('status').$type<AnnotationStatus>().notNull(),
    /** null while it is pending. */
    completedAt: instant('completed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('annotation_queue_items_queue').on(table.projectId, table.queueId, table.createdAt, table.id),
    foreignKey({
      name: 'annotation_queue_items_queue_fk',
      columns: [table.projectId, table.queueId],
      foreignColumns: [annotationQueues.projectId, annotationQueues.id],
    }).onDelete('cascade'),
  ],
);

/** Who is to work on a queue. */
export const annotationQueueAssignments = pgTable(
  'annotation_queue_assignments',
  {
    projectId: text('project_id').notNull(),
    queueId: text('queue_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.queueId, table.userId] }),
    index('annotation_queue_assignments_user').on(table.userId),
    foreignKey({
      name: 'annotation_queue_assignments_queue_fk',
      columns: [table.projectId, table.queueId],
      foreignColumns: [annotationQueues.projectId, annotationQueues.id],
    }).onDelete('cascade'),
  ],
);
