import { z } from 'zod';
import { defineOperation } from '../operation';
import { booleanText } from '../query-params';

export const healthResponse = z.object({ status: z.string(), version: z.string() });

export const getHealth = defineOperation({
  id: 'getHealth',
  method: 'GET',
  path: '/api/public/health',
  scope: 'anyone',
  tag: 'Health',
  summary: 'Whether the process answers and, if asked, whether its databases do.',
  query: z.object({
    failIfDatabaseUnavailable: booleanText.optional(),
    failIfNoRecentEvents: booleanText.optional(),
  }),
  responses: { 200: healthResponse },
});

export const getReadiness = defineOperation({
  id: 'getReadiness',
  method: 'GET',
  path: '/api/public/ready',
  scope: 'anyone',
  tag: 'Health',
  summary: 'Whether this process should be sent requests: 503 while it starts, drains or misses a store.',
  responses: { 200: healthResponse },
});
