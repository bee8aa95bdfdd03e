import type { Relational } from '@tracewell/engines/relational/port';
import { apiKeys } from '@tracewell/schema/postgres/api-keys';
import { projects } from '@tracewell/schema/postgres/projects';
import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;
export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** What a lookup needs to know of a key: no more is cached. */
export interface KnownKey {
  apiKeyId: string;
  publicKey: string;
  scope: 'PROJECT' | 'ORGANIZATION';
  projectId: string | null;
  organizationId: string;
  expiresAt: Date | null;
}

const knownKey = {
  apiKeyId: apiKeys.id,
  publicKey: apiKeys.publicKey,
  scope: apiKeys.scope,
  projectId: apiKeys.projectId,
  organizationId: sql<string>`coalesce(${apiKeys.organizationId}, ${projects.organizationId})`,
  expiresAt: apiKeys.expiresAt,
};

const findKey = async (db: Database, match: ReturnType<typeof eq>): Promise<KnownKey | null> => {
  const [row] = await db
    .select(knownKey)
    .from(apiKeys)
    .leftJoin(projects, eq(projects.id, apiKeys.projectId))
    .where(and(match, or(eq(apiKeys.scope, 'ORGANIZATION'), isNull(projects.deletedAt))))
    .limit(1);
  return row ?? null;
};

export const findKeyBySecretHash = (db: Database, hash: string) =>
  findKey(db, eq(apiKeys.fastHashedSecretKey, hash));
export const findKeyByPublicKey = (db: Database, publicKey: string) =>
  findKey(db, eq(apiKeys.publicKey, publicKey));

/** Whose key it is. */
export type KeyOwner = { projectId: string } | { organizationId: string };

/** Most keys of one owner that are listed; nobody has a use for so many. */
const maxListed = 1_000;

const isOf = (owner: KeyOwner) =>
  'projectId' in owner
    ? eq(apiKeys.projectId, owner.projectId)
    : eq(apiKeys.organizationId, owner.organizationId);

/** Newest first. */
export const listKeysOf = (db: Database, owner: KeyOwner): Promise<ApiKeyRow[]> =>
  db
    .select()
    .from(apiKeys)
    .where(isOf(owner))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(maxListed);

/** null when one half is already in use. */
export async function insertKey(
  transaction: Transaction,
  key: typeof apiKeys.$inferInsert,
): Promise<ApiKeyRow | null> {
  const [row] = await transaction.insert(apiKeys).values(key).onConflictDoNothing().returning();
  return row ?? null;
}

/**
 * Creates the key, or makes the project's existing one with this public half carry this secret. False when the
 * public half is in use elsewhere.
 */
export async function upsertProjectKey(
  transaction: Transaction,
  key: typeof apiKeys.$inferInsert & { projectId: string },
): Promise<boolean> {
  const written = await transaction
    .insert(apiKeys)
    .values(key)
    .onConflictDoUpdate({
      target: apiKeys.publicKey,
      set: {
        fastHashedSecretKey: key.fastHashedSecretKey,
        displaySecretKey: key.displaySecretKey,
      },
      setWhere: eq(apiKeys.projectId, key.projectId),
    })
    .returning({ id: apiKeys.id });
  return written.length > 0;
}

export async function deleteKey(
  transaction: Transaction,
  owner: KeyOwner,
  apiKeyId: string,
): Promise<ApiKeyRow | null> {
  const [row] = await transaction
    .delete(apiKeys)
    .where(and(eq(apiKeys.id, apiKeyId), isOf(owner)))
    .returning();
  return row ?? null;
}

/** Many keys in one statement: a busy installation uses all of them every minute. */
export async function touchKeys(db: Database, used: ReadonlyMap<string, Date>): Promise<void> {
  if (used.size === 0) return;
  const ids = [...used.keys()];
  const times = [...used.values()].map((time) => time.toISOString());
  await db.execute(sql`
    update ${apiKeys} set last_used_at = greatest(${apiKeys.lastUsedAt}, used.at)
    from unnest(${sql.param(ids)}::text[], ${sql.param(times)}::timestamptz[]) as used(id, at)
    where ${apiKeys.id} = used.id`);
}
