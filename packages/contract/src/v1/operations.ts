import { z } from 'zod';
import { defineOperation } from '../operation';
import { createApiKeyBody, createApiKeyResponse, listApiKeysResponse, sessionResponse } from './account';
import {
  listTracesQuery,
  listTracesResponse,
  observationDetail,
  traceDetail,
  traceFacetsQuery,
  traceFacetsResponse,
  traceHistogramQuery,
  traceHistogramResponse,
} from './explore';

/** The operations behind the screens. */
const projectParams = z.object({ projectId: z.string().min(1) });
const project = '/api/v1/projects/{projectId}' as const;

export const getCurrentSession = defineOperation({
  id: 'getCurrentSession',
  method: 'GET',
  path: '/api/v1/session',
  scope: 'signed-in',
  tag: 'Account',
  summary: 'Who is signed in, and the projects they may see.',
  responses: { 200: sessionResponse },
});

export const listApiKeys = defineOperation({
  id: 'listApiKeys',
  method: 'GET',
  path: `${project}/api-keys`,
  scope: 'api-keys:read',
  tag: 'API keys',
  summary: 'The keys of a project, without their secrets.',
  params: projectParams,
  responses: { 200: listApiKeysResponse },
});
export const createApiKey = defineOperation({
  id: 'createApiKey',
  method: 'POST',
  path: `${project}/api-keys`,
  scope: 'api-keys:create',
  tag: 'API keys',
  summary: 'Creates a key; its secret is shown in this answer and never again.',
  params: projectParams,
  body: createApiKeyBody,
  responses: { 201: createApiKeyResponse },
});
export const deleteApiKey = defineOperation({
  id: 'deleteApiKey',
  method: 'DELETE',
  path: `${project}/api-keys/{apiKeyId}`,
  scope: 'api-keys:delete',
  tag: 'API keys',
  summary: 'Revokes a key; it is refused everywhere within five seconds.',
  params: projectParams.extend({ apiKeyId: z.string().min(1) }),
  responses: { 200: z.object({ success: z.literal(true) }) },
});

const exploring = { method: 'GET', scope: 'traces:read', tag: 'Explore' } as const;
export const exploreTraces = defineOperation({
  ...exploring,
  id: 'exploreTraces',
  path: `${project}/traces`,
  summary: 'Traces as a screen lists them: previews and totals, page by cursor.',
  params: projectParams,
  query: listTracesQuery,
  responses: { 200: listTracesResponse },
});
export const exploreTraceFacets = defineOperation({
  ...exploring,
  id: 'exploreTraceFacets',
  path: `${project}/traces/facets`,
  summary: 'The values of one field in a time range, most frequent first.',
  params: projectParams,
  query: traceFacetsQuery,
  responses: { 200: traceFacetsResponse },
});
export const exploreTraceHistogram = defineOperation({
  ...exploring,
  id: 'exploreTraceHistogram',
  path: `${project}/traces/histogram`,
  summary: 'How many traces over time, how many with errors, at what cost.',
  params: projectParams,
  query: traceHistogramQuery,
  responses: { 200: traceHistogramResponse },
});
export const exploreTrace = defineOperation({
  ...exploring,
  id: 'exploreTrace',
  path: `${project}/traces/{traceId}`,
  summary: 'A trace with the tree of its observations, without their payloads.',
  params: projectParams.extend({ traceId: z.string().min(1).max(800) }),
  responses: { 200: traceDetail },
});
export const removeTrace = defineOperation({
  id: 'removeTrace',
  method: 'DELETE',
  path: `${project}/traces/{traceId}`,
  scope: 'traces:delete',
  tag: 'Explore',
  summary: 'Deletes a trace with its observations and scores; an unknown one is no error.',
  params: projectParams.extend({ traceId: z.string().min(1).max(800) }),
  responses: { 200: z.object({ success: z.literal(true) }) },
});
export const exploreObservation = defineOperation({
  ...exploring,
  id: 'exploreObservation',
  path: `${project}/traces/{traceId}/observations/{observationId}`,
  summary: 'All of one observation.',
  params: projectParams.extend({
    traceId: z.string().min(1).max(800),
    observationId: z.string().min(1).max(800),
  }),
  responses: { 200: observationDetail },
});
