import { z } from 'zod';
import { defineOperation } from '../operation';
import { type Role, role } from '../scopes';
import { storableId, storableText } from '../storable-text';

/** SCIM 2.0 (RFC 7643 and 7644): how an identity provider puts people into an organization. */
const tag = 'SCIM';
const base = '/api/public/scim' as const;

export const scimSchemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
  resourceType: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  serviceProviderConfig: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
  listResponse: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
} as const;

/** Most users of one answer; more that are asked for come with the next. */
export const maxScimCount = 100;
const maxTextLength = 500;
const maxOperations = 100;
const maxEmailLength = 254;

const text = storableText(maxTextLength);
const meta = z.object({ resourceType: z.string(), location: z.string() });
const supported = z.object({ supported: z.boolean() });

export const scimUser = z
  .object({
    schemas: z.array(z.string()),
    id: z.string(),
    userName: z.string(),
    name: z.object({ formatted: z.string() }),
    emails: z.array(z.object({ primary: z.boolean(), value: z.string(), type: z.string() })),
    /** False: no longer a member of the organization. */
    active: z.boolean(),
    meta: z.object({ resourceType: z.string(), created: z.string(), lastModified: z.string() }),
  })
  .meta({ id: 'ScimUser' });
export type ScimUser = z.infer<typeof scimUser>;

/** One provider writes `true`, another `"True"`. */
const active = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(?:true|false)$/i, 'active must be true or false')
    .transform((value) => value.toLowerCase() === 'true'),
]);
/** `["ADMIN"]` or `[{"value": "ADMIN"}]`; the first counts. */
const rolesOfUser = z
  .array(z.union([role, z.object({ value: role }).transform(({ value }): Role => value)]))
  .max(maxOperations);

const described = {
  name: z
    .object({ formatted: text.nullish(), givenName: text.nullish(), familyName: text.nullish() })
    .nullish(),
  displayName: text.nullish(),
  active: active.nullish(),
  roles: rolesOfUser.nullish(),
};
const userName = z
  .string('userName is required: the e-mail address of the user')
  .max(maxEmailLength)
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.email('userName must be an e-mail address'));

const userParams = z.object({ userId: storableId });
const wholeNumber = (name: string) =>
  z
    .string()
    .regex(/^-?\d{1,9}$/, `${name} must be a whole number`)
    .transform(Number);

export const getScimServiceProviderConfig = defineOperation({
  id: 'getScimServiceProviderConfig',
  method: 'GET',
  path: `${base}/ServiceProviderConfig`,
  scope: 'organization-users:read',
  tag,
  summary: 'What of SCIM is served.',
  responses: {
    200: z.object({
      schemas: z.array(z.string()),
      documentationUri: z.string(),
      patch: supported,
      bulk: z.object({ supported: z.boolean(), maxOperations: z.int(), maxPayloadSize: z.int() }),
      filter: z.object({ supported: z.boolean(), maxResults: z.int() }),
      changePassword: supported,
      sort: supported,
      etag: supported,
      authenticationSchemes: z.array(
        z.object({
          name: z.string(),
          description: z.string(),
          specUri: z.string(),
          type: z.string(),
          primary: z.boolean(),
        }),
      ),
      meta,
    }),
  },
});

export const listScimResourceTypes = defineOperation({
  id: 'listScimResourceTypes',
  method: 'GET',
  path: `${base}/ResourceTypes`,
  scope: 'organization-users:read',
  tag,
  summary: 'The kinds of resources: users.',
  responses: {
    200: z.object({
      schemas: z.array(z.string()),
      totalResults: z.int(),
      Resources: z.array(
        z.object({
          schemas: z.array(z.string()),
          id: z.string(),
          name: z.string(),
          endpoint: z.string(),
          description: z.string(),
          schema: z.string(),
          schemaExtensions: z.array(z.object({ schema: z.string(), required: z.boolean() })),
          meta,
        }),
      ),
    }),
  },
});

export const listScimSchemas = defineOperation({
  id: 'listScimSchemas',
  method: 'GET',
  path: `${base}/Schemas`,
  scope: 'organization-users:read',
  tag,
  summary: 'The attributes of a user.',
  responses: {
    200: z.object({
      schemas: z.array(z.string()),
      totalResults: z.int(),
      Resources: z.array(
        z.object({
          schemas: z.array(z.string()),
          id: z.string(),
          name: z.string(),
          description: z.string(),
          attributes: z.array(z.unknown()),
          meta,
        }),
      ),
    }),
  },
});

export const listScimUsers = defineOperation({
  id: 'listScimUsers',
  method: 'GET',
  path: `${base}/Users`,
  scope: 'organization-users:read',
  tag,
  summary: 'The members of the organization, or the one whose userName is asked for.',
  query: z.object({
    /** `userName eq "…"` and nothing else. */
    filter: text.optional(),
    /** From 1. */
    startIndex: wholeNumber('startIndex')
      .transform((value) => Math.max(1, value))
      .default(1),
    count: wholeNumber('count')
      .transform((value) => Math.min(maxScimCount, Math.max(0, value)))
      .default(maxScimCount),
  }),
  responses: {
    200: z.object({
      schemas: z.array(z.string()),
      totalResults: z.int(),
      startIndex: z.int(),
      itemsPerPage: z.int(),
      Resources: z.array(scimUser),
    }),
  },
});

export const createScimUser = defineOperation({
  id: 'createScimUser',
  method: 'POST',
  path: `${base}/Users`,
  scope: 'organization-users:create',
  tag,
  summary: 'Makes a person a member, with a new account where the address has none. A password is ignored.',
  body: z.object({
    userName,
    ...described,
    emails: z.unknown().meta({ description: 'Ignored: userName is the address.' }).optional(),
    password: z.unknown().meta({ description: 'Ignored: people sign in by their own means.' }).optional(),
  }),
  responses: { 201: scimUser },
});

export const getScimUser = defineOperation({
  id: 'getScimUser',
  method: 'GET',
  path: `${base}/Users/{userId}`,
  scope: 'organization-users:read',
  tag,
  summary: 'One member of the organization.',
  params: userParams,
  responses: { 200: scimUser },
});

export const replaceScimUser = defineOperation({
  id: 'replaceScimUser',
  method: 'PUT',
  path: `${base}/Users/{userId}`,
  scope: 'organization-users:update',
  tag,
  summary:
    'With active false the membership ends, else one that has ended is made again; a given role counts.',
  params: userParams,
  body: z.object(described),
  responses: { 200: scimUser },
});

export const patchScimUser = defineOperation({
  id: 'patchScimUser',
  method: 'PATCH',
  path: `${base}/Users/{userId}`,
  scope: 'organization-users:update',
  tag,
  summary: 'Replaces active: false ends the membership, true makes one that has ended again.',
  params: userParams,
  body: z.object({
    Operations: z
      .array(
        z.object({
          op: z.string().regex(/^replace$/i, 'Only the operation replace is supported'),
          path: z.literal('active', 'Only the attribute active can be replaced').nullish(),
          value: z.union([active, z.object({ active })], 'value must hold active, true or false'),
        }),
      )
      .min(1)
      .max(maxOperations),
  }),
  responses: { 200: scimUser },
});

export const deleteScimUser = defineOperation({
  id: 'deleteScimUser',
  method: 'DELETE',
  path: `${base}/Users/{userId}`,
  scope: 'organization-users:delete',
  tag,
  summary: 'Ends the membership; the account stays. Never the last owner’s.',
  params: userParams,
  responses: { 200: z.object({}) },
});
