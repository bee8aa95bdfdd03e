import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { annotationQueue } from '../public/annotation-queues';

/** For the screens, which come with a session; keys have the same list under /api/public. */
export const listProjectAnnotationQueues = defineOperation({
  id: 'listProjectAnnotationQueues',
  method: 'GET',
  path: '/api/v1/projects/{projectId}/annotation-queues',
  scope: 'annotation-queues:read',
  tag: 'Annotation queues',
  summary: 'The annotation queues of a project, newest first.',
  params: z.object({ projectId: z.string().min(1) }),
  query: z.object(pageQuery),
  responses: { 200: pageOf(annotationQueue) },
});
