import { z } from 'zod';
import { defineOperation } from '../operation';
import { storableId } from '../storable-text';
import { listTracesQuery } from './explore';

/** One change to many traces: picked ones, or all that a search means. Done by the worker, piece by piece. */

const path = '/api/v1/projects/{projectId}/bulk-actions';
const tag = 'Bulk actions';
const projectId = z.string().min(1);
const params = z.object({ projectId, bulkActionId: storableId });

/** Ids that one request may name; more are meant by a search. */
export const maxPickedTraces = 1_000;
/** Of one project, waiting or running at once. */
export const maxOpenBulkActions = 20;

const { from, to, filter, q } = listTracesQuery.shape;

export const bulkTarget = z.union([
  z.strictObject({ traceIds: z.array(storableId).min(1).max(maxPickedTraces) }),
  /** Without `to`: those until now, never those still to come. */
  z.strictObject({ from, to, filter, q }),
]);
export const bulkChange = z.discriminatedUnion('kind', [
  /** Needs traces:delete. Begins after a grace period in which it can be cancelled; cannot be undone. */
  z.strictObject({ kind: z.literal('delete') }),
  /** Needs annotation-queues:update. Undone by taking the items that were added out of the queue. */
  z.strictObject({ kind: z.literal('add-to-annotation-queue'), queueId: storableId }),
]);
export const bulkActionState = z.enum([
  'waiting',
  'running',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
]);

const time = z.iso.datetime({ offset: true });
export const bulkAction = z
  .object({
    id: z.string(),
    change: bulkChange,
    state: bulkActionState,
    /** Traces that were meant when it was asked for; at the end `done` differs by those that came or went. */
    total: z.int(),
    done: z.int(),
    /** Why it stopped; null unless `failed`. */
    error: z.string().nullable(),
    canUndo: z.boolean(),
    /** Until then nothing happens, and cancelling takes all of it back. */
    startsAt: time,
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'BulkAction' });
export type BulkAction = z.infer<typeof bulkAction>;

export const listBulkActions = defineOperation({
  id: 'listBulkActions',
  method: 'GET',
  path,
  scope: 'traces:read',
  tag,
  summary: 'The latest bulk actions of a project with their progress, newest first.',
  params: z.object({ projectId }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  responses: { 200: z.object({ data: z.array(bulkAction) }) },
});

export const createBulkAction = defineOperation({
  id: 'createBulkAction',
  method: 'POST',
  path,
  scope: 'traces:read',
  tag,
  summary: 'Asks for a change to many traces; needs the right that the change itself needs.',
  params: z.object({ projectId }),
  body: z.strictObject({ target: bulkTarget, change: bulkChange }),
  responses: { 201: bulkAction },
});

export const getBulkAction = defineOperation({
  id: 'getBulkAction',
  method: 'GET',
  path: `${path}/{bulkActionId}`,
  scope: 'traces:read',
  tag,
  summary: 'A bulk action with its progress.',
  params,
  responses: { 200: bulkAction },
});

export const cancelBulkAction = defineOperation({
  id: 'cancelBulkAction',
  method: 'POST',
  path: `${path}/{bulkActionId}/cancel`,
  scope: 'traces:read',
  tag,
  summary: 'Stops a bulk action that waits or runs; what it has done by then stays done.',
  params,
  responses: { 200: bulkAction },
});

export const undoBulkAction = defineOperation({
  id: 'undoBulkAction',
  method: 'POST',
  path: `${path}/{bulkActionId}/undo`,
  scope: 'traces:read',
  tag,
  summary: 'Takes back what a bulk action has done, where that can be.',
  params,
  responses: { 200: bulkAction },
});
