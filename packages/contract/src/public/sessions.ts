import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { isoTime, textList } from '../query-params';
import { publicTrace } from './traces';

const tag = 'Sessions';

/** A session is what its traces say: there is no row of its own. */
export const publicSession = z.object({
  id: z.string(),
  createdAt: z.iso.datetime({ offset: true }),
  projectId: z.string(),
  environment: z.string(),
});
export type PublicSession = z.infer<typeof publicSession>;
export const sessionWithTraces = publicSession.extend({ traces: z.array(publicTrace) });
export type SessionWithTraces = z.infer<typeof sessionWithTraces>;

export const listSessions = defineOperation({
  id: 'listSessions',
  method: 'GET',
  path: '/api/public/sessions',
  scope: 'traces:read',
  tag,
  deprecated: true,
  summary: 'Sessions, newest first, page by number.',
  query: z.object({
    ...pageQuery,
    fromTimestamp: isoTime.optional(),
    toTimestamp: isoTime.optional(),
    environment: textList.optional(),
  }),
  responses: { 200: pageOf(publicSession) },
});

export const getSession = defineOperation({
  id: 'getSession',
  method: 'GET',
  path: '/api/public/sessions/{sessionId}',
  scope: 'traces:read',
  tag,
  deprecated: true,
  summary: 'A session with its traces.',
  params: z.object({ sessionId: z.string().min(1) }),
  responses: { 200: sessionWithTraces },
});
