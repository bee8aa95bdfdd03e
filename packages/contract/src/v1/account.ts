import { z } from 'zod';

/** Who is signed in, what they may see, and the keys of a project; under `/api/v1`. */

/** `GET /api/v1/session`; 401 when nobody is signed in. */
export const sessionResponse = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }),
  organizations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.string(),
      projects: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
  version: z.string(),
});
export type SessionResponse = z.infer<typeof sessionResponse>;

export const apiKey = z
  .object({
    id: z.string(),
    publicKey: z.string(),
    displaySecretKey: z.string(),
    note: z.string().nullable(),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
    expiresAt: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' });

/** `GET /api/v1/projects/{projectId}/api-keys` */
export const listApiKeysResponse = z.object({ data: z.array(apiKey) });
/** `POST /api/v1/projects/{projectId}/api-keys`: the secret is shown this once. */
export const createApiKeyBody = z.strictObject({
  note: z.string().max(200).optional(),
  /** The key is refused from then on; without one it works until it is deleted. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export const createApiKeyResponse = apiKey.extend({ secretKey: z.string() });
