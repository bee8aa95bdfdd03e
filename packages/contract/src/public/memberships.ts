import { z } from 'zod';
import { defineOperation } from '../operation';
import { role } from '../scopes';
import { storableId } from '../storable-text';

const tag = 'Memberships';

export const membership = z
  .object({ userId: z.string(), role, email: z.string(), name: z.string() })
  .meta({ id: 'Membership' });
export type Membership = z.infer<typeof membership>;

const memberships = z.object({ memberships: z.array(membership) });
const deleted = z.object({ message: z.string(), userId: z.string() });
const setBody = z.object({ userId: storableId, role });
const deleteBody = z.object({ userId: storableId });

const ofOrganization = '/api/public/organizations/memberships' as const;
const ofProject = '/api/public/projects/{projectId}/memberships' as const;
const projectParams = z.object({ projectId: storableId });

export const listOrganizationMembers = defineOperation({
  id: 'listOrganizationMembers',
  method: 'GET',
  path: ofOrganization,
  scope: 'organization-members:read',
  tag,
  summary: 'The members of the organization with their roles, oldest first.',
  responses: { 200: memberships },
});

export const setOrganizationMember = defineOperation({
  id: 'setOrganizationMember',
  method: 'PUT',
  path: ofOrganization,
  scope: 'organization-members:update',
  tag,
  summary: 'Makes a user a member of the organization, or gives a member another role.',
  body: setBody,
  responses: { 200: membership },
});

export const deleteOrganizationMember = defineOperation({
  id: 'deleteOrganizationMember',
  method: 'DELETE',
  path: ofOrganization,
  scope: 'organization-members:delete',
  tag,
  summary: 'Removes a member from the organization and its projects; never the last owner.',
  body: deleteBody,
  responses: { 200: deleted },
});

export const listProjectMembers = defineOperation({
  id: 'listProjectMembers',
  method: 'GET',
  path: ofProject,
  scope: 'project-members:read',
  tag,
  summary: 'The members who have a role of their own in the project, oldest first.',
  params: projectParams,
  responses: { 200: memberships },
});

export const setProjectMember = defineOperation({
  id: 'setProjectMember',
  method: 'PUT',
  path: ofProject,
  scope: 'project-members:update',
  tag,
  summary: 'Gives a member of the organization a role in the project that counts instead of theirs.',
  params: projectParams,
  body: setBody,
  responses: { 200: membership },
});

export const deleteProjectMember = defineOperation({
  id: 'deleteProjectMember',
  method: 'DELETE',
  path: ofProject,
  scope: 'project-members:delete',
  tag,
  summary: 'Takes the role of its own away: the role in the organization counts again.',
  params: projectParams,
  body: deleteBody,
  responses: { 200: deleted },
});
