import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { storableId, storableText } from '../storable-text';

const tag = 'Annotation queues';
const time = z.iso.datetime({ offset: true });

export const annotationObjectTypes = ['TRACE', 'OBSERVATION', 'SESSION'] as const;
export const annotationStatuses = ['PENDING', 'COMPLETED'] as const;

const maxQueueNameChars = 500;
const maxDescriptionChars = 10_000;
export const maxScoreConfigsOfQueue = 100;

export const annotationQueue = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    scoreConfigIds: z.array(z.string()),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'AnnotationQueue' });
export type PublicAnnotationQueue = z.infer<typeof annotationQueue>;

export const annotationQueueItem = z
  .object({
    id: z.string(),
    queueId: z.string(),
    objectId: z.string(),
    objectType: z.enum(annotationObjectTypes),
    status: z.enum(annotationStatuses),
    /** null while it is pending. */
    completedAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'AnnotationQueueItem' });
export type PublicAnnotationQueueItem = z.infer<typeof annotationQueueItem>;

const queueParams = z.object({ queueId: storableId });
const itemParams = z.object({ queueId: storableId, itemId: storableId });

export const listAnnotationQueues = defineOperation({
  id: 'listAnnotationQueues',
  method: 'GET',
  path: '/api/public/annotation-queues',
  scope: 'annotation-queues:read',
  tag,
  summary: 'Lists of things for people to score, newest first.',
  query: z.object(pageQuery),
  responses: { 200: pageOf(annotationQueue) },
});

export const createAnnotationQueue = defineOperation({
  id: 'createAnnotationQueue',
  method: 'POST',
  path: '/api/public/annotation-queues',
  scope: 'annotation-queues:create',
  tag,
  summary: 'Makes a queue, with the score configs its things are scored with.',
  body: z.strictObject({
    name: storableText(maxQueueNameChars).trim().min(1),
    description: storableText(maxDescriptionChars).nullish(),
    scoreConfigIds: z.array(storableId).min(1).max(maxScoreConfigsOfQueue),
  }),
  responses: { 200: annotationQueue },
});

export const getAnnotationQueue = defineOperation({
  id: 'getAnnotationQueue',
  method: 'GET',
  path: '/api/public/annotation-queues/{queueId}',
  scope: 'annotation-queues:read',
  tag,
  summary: 'One queue.',
  params: queueParams,
  responses: { 200: annotationQueue },
});

export const listAnnotationQueueItems = defineOperation({
  id: 'listAnnotationQueueItems',
  method: 'GET',
  path: '/api/public/annotation-queues/{queueId}/items',
  scope: 'annotation-queues:read',
  tag,
  summary: 'What is in a queue, newest first.',
  params: queueParams,
  query: z.object({ ...pageQuery, status: z.enum(annotationStatuses).optional() }),
  responses: { 200: pageOf(annotationQueueItem) },
});

export const createAnnotationQueueItem = defineOperation({
  id: 'createAnnotationQueueItem',
  method: 'POST',
  path: '/api/public/annotation-queues/{queueId}/items',
  scope: 'annotation-queues:update',
  tag,
  summary: 'Puts a trace, an observation or a session in a queue; it need not have arrived yet.',
  params: queueParams,
  body: z.strictObject({
    objectId: storableId,
    objectType: z.enum(annotationObjectTypes),
    status: z.enum(annotationStatuses).nullish(),
  }),
  responses: { 200: annotationQueueItem },
});

export const getAnnotationQueueItem = defineOperation({
  id: 'getAnnotationQueueItem',
  method: 'GET',
  path: '/api/public/annotation-queues/{queueId}/items/{itemId}',
  scope: 'annotation-queues:read',
  tag,
  summary: 'One item of a queue.',
  params: itemParams,
  responses: { 200: annotationQueueItem },
});

export const updateAnnotationQueueItem = defineOperation({
  id: 'updateAnnotationQueueItem',
  method: 'PATCH',
  path: '/api/public/annotation-queues/{queueId}/items/{itemId}',
  scope: 'annotation-queues:update',
  tag,
  summary: 'Completes an item, or makes it pending again.',
  params: itemParams,
  body: z.strictObject({ status: z.enum(annotationStatuses).nullish() }),
  responses: { 200: annotationQueueItem },
});

export const deleteAnnotationQueueItem = defineOperation({
  id: 'deleteAnnotationQueueItem',
  method: 'DELETE',
  path: '/api/public/annotation-queues/{queueId}/items/{itemId}',
  scope: 'annotation-queues:update',
  tag,
  summary: 'Takes an item out of a queue; the thing itself stays.',
  params: itemParams,
  responses: { 200: z.object({ success: z.boolean(), message: z.string() }) },
});

const assignmentBody = z.strictObject({ userId: storableId });

export const createAnnotationQueueAssignment = defineOperation({
  id: 'createAnnotationQueueAssignment',
  method: 'POST',
  path: '/api/public/annotation-queues/{queueId}/assignments',
  scope: 'annotation-queues:assign',
  tag,
  summary: 'Assigns a person of the project to a queue; doing it again changes nothing.',
  params: queueParams,
  body: assignmentBody,
  responses: { 200: z.object({ userId: z.string(), queueId: z.string(), projectId: z.string() }) },
});

export const deleteAnnotationQueueAssignment = defineOperation({
  id: 'deleteAnnotationQueueAssignment',
  method: 'DELETE',
  path: '/api/public/annotation-queues/{queueId}/assignments',
  scope: 'annotation-queues:assign',
  tag,
  summary: 'Takes the assignment of a person back, if there is one.',
  params: queueParams,
  body: assignmentBody,
  responses: { 200: z.object({ success: z.boolean() }) },
});
