import { randomUUID } from 'node:crypto';
import { hashSecret } from '@tracewell/modules/api-keys/api-key';
import { apiKeys } from '@tracewell/schema/postgres/api-keys';
import { eq } from 'drizzle-orm';
import { basicOf, type TestApi, type TestProject } from './start-test-api';

export const credentialKinds = [
  'none',
  'malformed',
  'unknown scheme',
  'bad secret',
  'public key as secret',
  'secret key as bearer',
  'expired',
  'revoked',
  'public key alone',
  'project key',
  'organization key',
  'admin key',
  'admin key in the project',
] as const;
export type CredentialKind = (typeof credentialKinds)[number];
export type Credentials = Record<CredentialKind, Record<string, string>>;

/** A header of every kind, of this project, its organization or the installation. */
export async function createCredentials(
  api: TestApi,
  project: TestProject,
  adminApiKey: string,
): Promise<Credentials> {
  const { db } = api.relational;
  async function insertKey(columns: Partial<typeof apiKeys.$inferInsert> = {}) {
    const id = randomUUID();
    const [publicKey, secretKey] = [`pk-lf-${randomUUID()}`, `sk-lf-${randomUUID()}`];
    await db.insert(apiKeys).values({
      id,
      scope: 'PROJECT',
      projectId: project.projectId,
      publicKey,
      fastHashedSecretKey: hashSecret(secretKey, api.deps.config.salt),
      displaySecretKey: '...',
      ...columns,
    });
    return { id, header: { authorization: basicOf(publicKey, secretKey) } };
  }
  const expired = await insertKey({ expiresAt: new Date(Date.now() - 1_000) });
  const revoked = await insertKey();
  await db.delete(apiKeys).where(eq(apiKeys.id, revoked.id));
  const organization = await insertKey({
    scope: 'ORGANIZATION',
    projectId: null,
    organizationId: project.organizationId,
  });
  return {
    none: {},
    malformed: { authorization: 'Basic ???' },
    'unknown scheme': { authorization: 'Token abc' },
    'bad secret': { authorization: basicOf(project.publicKey, 'sk-lf-wrong') },
    'public key as secret': { authorization: basicOf(project.publicKey, project.publicKey) },
    'secret key as bearer': { authorization: `Bearer ${project.secretKey}` },
    expired: expired.header,
    revoked: revoked.header,
    'public key alone': { authorization: project.bearer },
    'project key': { authorization: project.basic },
    'organization key': organization.header,
    'admin key': { authorization: `Bearer ${adminApiKey}` },
    'admin key in the project': {
      authorization: `Bearer ${adminApiKey}`,
      'x-langfuse-admin-api-key': adminApiKey,
      'x-langfuse-project-id': project.projectId,
    },
  };
}
