import { z } from 'zod';
import { defineOperation } from '../operation';
import { metadata, time } from './administration';
import { apiKeyList } from './api-keys';

const tag = 'Organizations';

export const organizationProject = z
  .object({ id: z.string(), name: z.string(), metadata, createdAt: time, updatedAt: time })
  .meta({ id: 'OrganizationProject' });
export type OrganizationProject = z.infer<typeof organizationProject>;

export const listOrganizationProjects = defineOperation({
  id: 'listOrganizationProjects',
  method: 'GET',
  path: '/api/public/organizations/projects',
  scope: 'organization-projects:read',
  tag,
  summary: 'The projects of the organization, oldest first.',
  responses: { 200: z.object({ projects: z.array(organizationProject) }) },
});

export const listOrganizationApiKeys = defineOperation({
  id: 'listOrganizationApiKeys',
  method: 'GET',
  path: '/api/public/organizations/apiKeys',
  scope: 'organization-api-keys:read',
  tag,
  summary: 'The keys of the organization itself, newest first, without their secrets.',
  responses: { 200: apiKeyList },
});
