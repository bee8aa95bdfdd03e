import { z } from 'zod';
import { defineOperation } from '../operation';
import { storableId } from '../storable-text';
import { givenMetadata, metadata, nameOf } from './administration';

const tag = 'Projects';

export const publicProject = z
  .object({
    id: z.string(),
    name: z.string(),
    organization: z.object({ id: z.string(), name: z.string() }),
    metadata,
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
  tag,
  summary: 'The project of the key; what clients check their keys with.',
  responses: { 200: z.object({ data: z.array(publicProject) }) },
});

/** Fewest days that data is kept where it is not kept for ever: what comes late would be deleted on arrival. */
export const retentionDays = { min: 3, max: 36_500 };
const retention = z
  .int()
  .refine(
    (days) => days === 0 || (days >= retentionDays.min && days <= retentionDays.max),
    `Invalid retention value: it must be 0, to keep data for ever, or ${retentionDays.min} to ${retentionDays.max} days.`,
  );

const projectParams = z.object({ projectId: storableId });

export const createProject = defineOperation({
  id: 'createProject',
  method: 'POST',
  path: '/api/public/projects',
  scope: 'organization-projects:create',
  tag,
  summary: 'A new project of the organization.',
  body: z.object({ name: nameOf('project'), metadata: givenMetadata, retention: retention.nullish() }),
  responses: { 201: publicProject },
});

export const updateProject = defineOperation({
  id: 'updateProject',
  method: 'PUT',
  path: '/api/public/projects/{projectId}',
  scope: 'organization-projects:update',
  tag,
  summary: 'Changes what is given of a project: its name, metadata as a whole, retention.',
  params: projectParams,
  body: z.object({
    name: nameOf('project').optional(),
    metadata: givenMetadata,
    retention: retention.nullish(),
  }),
  responses: { 200: publicProject },
});

export const deleteProject = defineOperation({
  id: 'deleteProject',
  method: 'DELETE',
  path: '/api/public/projects/{projectId}',
  scope: 'organization-projects:delete',
  tag,
  summary: 'Deletes a project: it and its keys are gone at once, its data soon after.',
  params: projectParams,
  responses: { 202: z.object({ success: z.literal(true), message: z.string() }) },
});
