import type { Relational } from '@tracewell/engines/relational/port';
import { skillBlobs, skillFiles, skills, skillVersions } from '@tracewell/schema/postgres/skills';
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;
export type SkillRow = typeof skills.$inferSelect;
export type VersionRow = typeof skillVersions.$inferSelect;
export interface FileRow {
  id: string;
  path: string;
  blobId: string;
  contentType: string;
  sha256: string;
  contentLength: number;
}

/**
 * Waits for whoever changes skills of the project: a content that nobody needs is removed, and must not be taken up
 * by a new version at the same moment.
 */
export async function lockSkills(transaction: Transaction, projectId: string): Promise<void> {
  await transaction.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`skills of ${projectId}`}, 0))`,
  );
}

/** Takes the next number of the skill, which is made if there is none. */
export async function nextVersion(
  transaction: Transaction,
  skill: { id: string; projectId: string; name: string },
): Promise<SkillRow> {
  const [row] = await transaction
    .insert(skills)
    .values({ ...skill, tags: [], lastVersion: 1 })
    .onConflictDoUpdate({
      target: [skills.projectId, skills.name],
      set: { lastVersion: sql`${skills.lastVersion} + 1` },
    })
    .returning();
  return row!;
}

export async function insertVersion(
  transaction: Transaction,
  row: typeof skillVersions.$inferInsert,
  files: readonly { id: string; path: string; blobId: string; contentType: string }[],
): Promise<void> {
  await transaction.insert(skillVersions).values(row);
  await transaction.insert(skillFiles).values(files.map((file) => ({ ...file, skillVersionId: row.id })));
}

/** Stores the contents that are new. */
export async function insertBlobs(
  transaction: Transaction,
  blobs: readonly (typeof skillBlobs.$inferInsert)[],
): Promise<void> {
  if (blobs.length === 0) return;
  await transaction
    .insert(skillBlobs)
    .values([...blobs])
    .onConflictDoNothing();
}

/** By hash, those there are. */
export async function findBlobs(transaction: Transaction, projectId: string, hashes: readonly string[]) {
  const rows = await transaction
    .select({ id: skillBlobs.id, sha256: skillBlobs.sha256 })
    .from(skillBlobs)
    .where(and(eq(skillBlobs.projectId, projectId), inArray(skillBlobs.sha256, [...hashes])));
  return new Map(rows.map(({ id, sha256 }) => [sha256, id]));
}

export const readBlobs = (db: Database, projectId: string, hashes: readonly string[]) =>
  db
    .select({ sha256Hash: skillBlobs.sha256, content: skillBlobs.content })
    .from(skillBlobs)
    .where(and(eq(skillBlobs.projectId, projectId), inArray(skillBlobs.sha256, [...hashes])));

/** The content of one of these blobs, which are known to be the project's. */
export async function readBlob(transaction: Transaction, blobId: string): Promise<string> {
  const [row] = await transaction
    .select({ content: skillBlobs.content })
    .from(skillBlobs)
    .where(eq(skillBlobs.id, blobId));
  return row!.content;
}

export async function findVersion(
  db: Pick<Database, 'select'>,
  skillId: string,
  wanted: { version: number } | { label: string } | 'latest',
): Promise<VersionRow | null> {
  const [row] = await db
    .select()
    .from(skillVersions)
    .where(
      and(
        eq(skillVersions.skillId, skillId),
        wanted === 'latest'
          ? undefined
          : 'version' in wanted
            ? eq(skillVersions.version, wanted.version)
            : sql`${wanted.label} = any(${skillVersions.labels})`,
      ),
    )
    .orderBy(desc(skillVersions.version))
    .limit(1);
  return row ?? null;
}

export async function findSkill(
  db: Pick<Database, 'select'>,
  projectId: string,
  name: string,
): Promise<SkillRow | null> {
  const [row] = await db
    .select()
    .from(skills)
    .where(and(eq(skills.projectId, projectId), eq(skills.name, name)));
  return row ?? null;
}

export const listFiles = (db: Pick<Database, 'select'>, versionId: string): Promise<FileRow[]> =>
  db
    .select({
      id: skillFiles.id,
      path: skillFiles.path,
      blobId: skillFiles.blobId,
      contentType: skillFiles.contentType,
      sha256: skillBlobs.sha256,
      contentLength: skillBlobs.contentLength,
    })
    .from(skillFiles)
    .innerJoin(skillBlobs, eq(skillBlobs.id, skillFiles.blobId))
    .where(eq(skillFiles.skillVersionId, versionId))
    .orderBy(asc(skillFiles.path));

export async function setTags(transaction: Transaction, skillId: string, tags: string[]): Promise<void> {
  await transaction.update(skills).set({ tags }).where(eq(skills.id, skillId));
}

/** The version has these labels, and no other version has any of them. */
export async function moveLabels(
  transaction: Transaction,
  skillId: string,
  versionId: string,
  labels: string[],
): Promise<void> {
  await transaction.execute(sql`
    update ${skillVersions}
    set labels = array(select unnest(labels) except select unnest(${sql.param(labels)}::text[])), updated_at = now()
    where ${skillVersions.skillId} = ${skillId} and labels && ${sql.param(labels)}::text[]`);
  await transaction
    .update(skillVersions)
    .set({ labels, updatedAt: sql`now()` })
    .where(eq(skillVersions.id, versionId));
}

/** With what no version needs any more. */
export async function removeVersion(
  transaction: Transaction,
  skill: SkillRow,
  versionId: string,
): Promise<void> {
  await transaction.delete(skillVersions).where(eq(skillVersions.id, versionId));
  await transaction.execute(sql`
    delete from ${skills} where ${skills.id} = ${skill.id}
    and not exists (select 1 from ${skillVersions} where ${skillVersions.skillId} = ${skill.id})`);
  await transaction.execute(sql`
    delete from ${skillBlobs} where ${skillBlobs.projectId} = ${skill.projectId}
    and not exists (select 1 from ${skillFiles} where ${skillFiles.blobId} = ${skillBlobs.id})`);
}

export interface SkillFilter {
  name?: string | undefined;
  search?: string | undefined;
  tag?: string | undefined;
  fromUpdatedAt?: string | undefined;
  toUpdatedAt?: string | undefined;
}

/** Skills with their newest versions, the newest change first. */
export async function listSkillRows(
  db: Database,
  projectId: string,
  filter: SkillFilter,
  page: { limit: number; offset: number },
) {
  const newest = sql`${skillVersions.version} = (
    select max(newest.version) from skill_versions newest where newest.skill_id = ${skills.id})`;
  // `%` and `_` are text to whoever searches.
  const pattern = filter.search && `%${filter.search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const where = and(
    eq(skills.projectId, projectId),
    filter.name ? eq(skills.name, filter.name) : undefined,
    filter.tag ? sql`${filter.tag} = any(${skills.tags})` : undefined,
    pattern
      ? sql`(${skills.name} ilike ${pattern} or ${skillVersions.description} ilike ${pattern})`
      : undefined,
    filter.fromUpdatedAt
      ? sql`${skillVersions.updatedAt} >= ${filter.fromUpdatedAt}::timestamptz`
      : undefined,
    filter.toUpdatedAt ? sql`${skillVersions.updatedAt} < ${filter.toUpdatedAt}::timestamptz` : undefined,
  );
  const [rows, [total]] = await Promise.all([
    db
      .select({
        skill: skills,
        version: skillVersions,
        productionVersion: sql<number | null>`(
          select max(labelled.version) from skill_versions labelled
          where labelled.skill_id = ${skills.id} and 'production' = any(labelled.labels))`,
      })
      .from(skills)
      .innerJoin(skillVersions, and(eq(skillVersions.skillId, skills.id), newest))
      .where(where)
      .orderBy(desc(skillVersions.updatedAt), asc(skills.name))
      .limit(page.limit)
      .offset(page.offset),
    db
      .select({ count: count() })
      .from(skills)
      .innerJoin(skillVersions, and(eq(skillVersions.skillId, skills.id), newest))
      .where(where),
  ]);
  return { rows, total: total!.count };
}
