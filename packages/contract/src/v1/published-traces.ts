import { z } from 'zod';
import { defineOperation } from '../operation';
import { storableId } from '../storable-text';
import { observationDetail, traceDetail } from './explore';

/**
 * A trace that its project shows to everybody with the link, and takes back. Of a published trace its
 * observations are readable, and nothing that people of the project said: no scores, users or sessions.
 */

const tag = 'Published traces';
const projectId = storableId;
const traceId = storableId;
const published = '/api/v1/published/{projectId}/traces/{traceId}' as const;

export const setTracePublic = defineOperation({
  id: 'setTracePublic',
  method: 'PUT',
  path: '/api/v1/projects/{projectId}/traces/{traceId}/public',
  scope: 'traces:publish',
  tag,
  summary: 'Publishes a trace to everybody who has its link, or takes that back.',
  params: z.object({ projectId, traceId }),
  body: z.strictObject({ public: z.boolean() }),
  responses: { 200: z.object({ public: z.boolean() }) },
});

export const getPublishedTrace = defineOperation({
  id: 'getPublishedTrace',
  method: 'GET',
  path: published,
  scope: 'anyone',
  tag,
  summary: 'A published trace with the tree of its observations.',
  params: z.object({ projectId, traceId }),
  responses: { 200: traceDetail },
});

export const getPublishedObservation = defineOperation({
  id: 'getPublishedObservation',
  method: 'GET',
  path: `${published}/observations/{observationId}`,
  scope: 'anyone',
  tag,
  summary: 'All of one observation of a published trace.',
  params: z.object({ projectId, traceId, observationId: storableId }),
  responses: { 200: observationDetail },
});
