import {
  type AnswerOf,
  type getScimServiceProviderConfig,
  type listScimResourceTypes,
  type listScimSchemas,
  maxScimCount,
  roles,
  scimSchemas,
} from '@tracewell/contract';

/** What identity providers read before they begin: what of SCIM is served, and what a user is. */
const base = '/api/public/scim';

export const serviceProviderConfig: AnswerOf<typeof getScimServiceProviderConfig> = {
  schemas: [scimSchemas.serviceProviderConfig],
  documentationUri: 'https://www.rfc-editor.org/rfc/rfc7644',
  // Served for providers that send it all the same, and not offered: they then replace.
  patch: { supported: false },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: maxScimCount },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      name: 'HTTP Basic',
      description: 'Public key of the organization as user, its secret key as password.',
      specUri: 'https://www.rfc-editor.org/rfc/rfc7617',
      type: 'httpbasic',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
};

const listOf = <Resource>(resources: Resource[]) => ({
  schemas: [scimSchemas.listResponse],
  totalResults: resources.length,
  Resources: resources,
});

export const resourceTypes: AnswerOf<typeof listScimResourceTypes> = listOf([
  {
    schemas: [scimSchemas.resourceType],
    id: 'User',
    name: 'User',
    endpoint: `${base}/Users`,
    description: 'A member of the organization.',
    schema: scimSchemas.user,
    schemaExtensions: [],
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
  },
]);

/** RFC 7643, 7: what is not said has the default of the standard. */
const attribute = (name: string, rest: Record<string, unknown> = {}) => ({
  name,
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...rest,
});

export const schemas: AnswerOf<typeof listScimSchemas> = listOf([
  {
    schemas: [scimSchemas.schema],
    id: scimSchemas.user,
    name: 'User',
    description: 'A member of the organization.',
    attributes: [
      attribute('userName', {
        description: 'The e-mail address.',
        required: true,
        mutability: 'immutable',
        uniqueness: 'server',
      }),
      attribute('name', {
        description: 'Taken for a new account only.',
        type: 'complex',
        mutability: 'immutable',
        subAttributes: [attribute('formatted', { description: 'The whole name.', mutability: 'immutable' })],
      }),
      attribute('displayName', {
        description: 'Stands in where name says nothing.',
        mutability: 'writeOnly',
        returned: 'never',
      }),
      attribute('emails', {
        description: 'The userName.',
        type: 'complex',
        multiValued: true,
        mutability: 'readOnly',
        subAttributes: [
          attribute('value', { description: 'The address.', mutability: 'readOnly' }),
          attribute('type', { description: 'work', mutability: 'readOnly' }),
          attribute('primary', { description: 'true', type: 'boolean', mutability: 'readOnly' }),
        ],
      }),
      attribute('active', { description: 'False ends the membership.', type: 'boolean' }),
      attribute('roles', {
        description: `The first is the role in the organization: ${roles.join(', ')}. NONE without one.`,
        multiValued: true,
        mutability: 'writeOnly',
        returned: 'never',
      }),
    ],
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${scimSchemas.user}` },
  },
]);
