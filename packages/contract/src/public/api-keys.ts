import { z } from 'zod';
import { defineOperation } from '../operation';
import { storableId, storableText } from '../storable-text';
import { maxNoteLength, success, time } from './administration';

const tag = 'API keys';

export const apiKeySummary = z
  .object({
    id: z.string(),
    createdAt: time,
    expiresAt: time.nullable(),
    /** To the minute. */
    lastUsedAt: time.nullable(),
    note: z.string().nullable(),
    publicKey: z.string(),
    displaySecretKey: z.string(),
  })
  .meta({ id: 'ApiKeySummary' });
export type ApiKeySummary = z.infer<typeof apiKeySummary>;

export const apiKeyList = z.object({ apiKeys: z.array(apiKeySummary) });

export const createdApiKey = z
  .object({
    id: z.string(),
    createdAt: time,
    expiresAt: time.nullable(),
    publicKey: z.string(),
    /** Shown in this answer and never again. */
    secretKey: z.string(),
    displaySecretKey: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: 'CreatedApiKey' });
export type CreatedApiKey = z.infer<typeof createdApiKey>;

const publicKeyPrefix = 'pk-lf-';
const secretKeyPrefix = 'sk-lf-';
const maxKeyLength = 200;
const keyWith = (name: string, prefix: string) =>
  z
    .string()
    .max(maxKeyLength)
    .refine((key) => key.startsWith(prefix), `${name} must start with ${prefix}`);

/** Without keys a pair is made. */
export const createKeyBody = z
  .object({
    note: storableText(maxNoteLength).nullish(),
    publicKey: keyWith('publicKey', publicKeyPrefix).nullish(),
    secretKey: keyWith('secretKey', secretKeyPrefix).nullish(),
    /** The key is refused from then on. */
    expiresAt: time.nullish(),
  })
  .refine(
    ({ publicKey, secretKey }) => !publicKey === !secretKey,
    'Both publicKey and secretKey must be provided together, or neither.',
  );

const keys = '/api/public/projects/{projectId}/apiKeys' as const;
const projectParams = z.object({ projectId: storableId });

export const listProjectApiKeys = defineOperation({
  id: 'listProjectApiKeys',
  method: 'GET',
  path: keys,
  scope: 'project-api-keys:read',
  tag,
  summary: 'The keys of a project of the organization, newest first, without their secrets.',
  params: projectParams,
  responses: { 200: apiKeyList },
});

export const createProjectApiKey = defineOperation({
  id: 'createProjectApiKey',
  method: 'POST',
  path: keys,
  scope: 'project-api-keys:create',
  tag,
  summary: 'A new key of a project of the organization; a pair that is given becomes one.',
  params: projectParams,
  body: createKeyBody,
  responses: { 201: createdApiKey },
});

export const deleteProjectApiKey = defineOperation({
  id: 'deleteProjectApiKey',
  method: 'DELETE',
  path: `${keys}/{apiKeyId}`,
  scope: 'project-api-keys:delete',
  tag,
  summary: 'Revokes a key; it is refused everywhere within five seconds.',
  params: projectParams.extend({ apiKeyId: storableId }),
  responses: { 200: success },
});
