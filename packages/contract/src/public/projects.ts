import { z } from 'zod';
import { defineOperation } from '../operation';

export const publicProject = z
  .object({
    id: z.string(),
    name: z.string(),
    organization: z.object({ id: z.string(), name: z.string() }),
    metadata: z.record(z.string(), z.unknown()),
    /** Absent: kept for ever. */
    retentionDays: z.int().optional(),
  })
  .meta({ id: 'Project' });
export type PublicProject = z.infer<typeof publicProject>;

export const listProjects = defineOperation({
  id: 'listProjects',
  method: 'GET',
  path: '/api/public/projects',
  scope: 'projects:read',
  tag: 'Projects',
  summary: 'The project of the key; what clients check their keys with.',
  responses: { 200: z.object({ data: z.array(publicProject) }) },
});
