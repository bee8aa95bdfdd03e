import { z } from 'zod';
import { defineOperation } from '../operation';
import { storableId } from '../storable-text';
import { givenMetadata, metadata, nameOf, success, time } from './administration';
import { apiKeyList, createdApiKey, createKeyBody } from './api-keys';
import { organizationProject } from './organizations';

/** What the operator of an installation does with its admin key. */
const common = { scope: 'instance:administer', tag: 'Instance' } as const;

export const organization = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: time,
    metadata,
    projects: z.array(organizationProject),
  })
  .meta({ id: 'Organization' });
export type Organization = z.infer<typeof organization>;

const organizationBody = z.object({ name: nameOf('organization'), metadata: givenMetadata });
const all = '/api/admin/organizations' as const;
const one = `${all}/{organizationId}` as const;
const keys = `${one}/apiKeys` as const;
const params = z.object({ organizationId: storableId });

export const listOrganizations = defineOperation({
  ...common,
  id: 'listOrganizations',
  method: 'GET',
  path: all,
  summary: 'Every organization of the installation with its projects, oldest first.',
  responses: { 200: z.object({ organizations: z.array(organization) }) },
});

export const createOrganization = defineOperation({
  ...common,
  id: 'createOrganization',
  method: 'POST',
  path: all,
  summary: 'A new organization, without members or projects.',
  body: organizationBody,
  responses: { 201: organization },
});

export const getOrganization = defineOperation({
  ...common,
  id: 'getOrganization',
  method: 'GET',
  path: one,
  summary: 'One organization with its projects.',
  params,
  responses: { 200: organization },
});

export const updateOrganization = defineOperation({
  ...common,
  id: 'updateOrganization',
  method: 'PUT',
  path: one,
  summary: 'Changes the name and, where it is given, the metadata as a whole.',
  params,
  body: organizationBody,
  responses: { 200: organization },
});

export const deleteOrganization = defineOperation({
  ...common,
  id: 'deleteOrganization',
  method: 'DELETE',
  path: one,
  summary: 'Deletes an organization that has no projects, with its members and keys.',
  params,
  responses: { 200: success },
});

export const listKeysOfOrganization = defineOperation({
  ...common,
  id: 'listKeysOfOrganization',
  method: 'GET',
  path: keys,
  summary: 'The keys of an organization, newest first, without their secrets.',
  params,
  responses: { 200: apiKeyList },
});

export const createKeyOfOrganization = defineOperation({
  ...common,
  id: 'createKeyOfOrganization',
  method: 'POST',
  path: keys,
  summary: 'A new key of an organization; its secret is shown in this answer and never again.',
  params,
  body: createKeyBody,
  responses: { 201: createdApiKey },
});

export const deleteKeyOfOrganization = defineOperation({
  ...common,
  id: 'deleteKeyOfOrganization',
  method: 'DELETE',
  path: `${keys}/{apiKeyId}`,
  summary: 'Revokes a key of an organization; it is refused everywhere within five seconds.',
  params: params.extend({ apiKeyId: storableId }),
  responses: { 200: success },
});
