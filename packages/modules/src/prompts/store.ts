import type { Relational } from '@tracewell/engines/relational/port';
import { projects } from '@tracewell/schema/postgres/projects';
import {
  promptDependencies,
  promptLabels,
  prompts,
  promptVersions,
  protectedPromptLabels,
} from '@tracewell/schema/postgres/prompts';
import { and, countDistinct, desc, eq, gte, inArray, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { DependencyTag } from './dependency-tags';
import type { VersionSelector } from './prompt';

type Database = Relational['db'];
/** The database, or a transaction on it. */
export type Reader = Pick<Database, 'select' | 'execute'>;
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/**
 * Writers of prompts wait for each other, a project at a time: the next version number, the uniqueness of labels
 * and the checks of references all rest on nobody else changing them. Readers do not wait.
 */
export async function lockPrompts(transaction: Transaction, projectId: string): Promise<void> {
  await transaction
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.id, projectId))
    .for('no key update');
}

const labelsOf = (versionId: SQL | typeof promptVersions.id) =>
  sql<
    string[]
  >`array(select l.label from ${promptLabels} l where l.version_id = ${versionId} order by l.position)`;

const shownColumns = {
  id: promptVersions.id,
  promptId: prompts.id,
  projectId: prompts.projectId,
  createdAt: promptVersions.createdAt,
  updatedAt: promptVersions.updatedAt,
  createdBy: promptVersions.createdBy,
  name: prompts.name,
  type: prompts.type,
  tags: prompts.tags,
  version: promptVersions.version,
  content: promptVersions.content,
  config: promptVersions.config,
  commitMessage: promptVersions.commitMessage,
  labels: labelsOf(promptVersions.id),
};

/** A version with what it has from its prompt. */
export interface VersionRow {
  id: string;
  promptId: string;
  projectId: string;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string;
  name: string;
  type: 'text' | 'chat';
  tags: string[];
  version: number;
  content: unknown;
  config: unknown;
  commitMessage: string | null;
  labels: string[];
}

const isNamed = (projectId: string, name: string) =>
  and(eq(prompts.projectId, projectId), eq(prompts.name, name));

/**
 * Ids are found by subqueries and not by joins: a join leaves it to the planner to walk all versions of a prompt,
 * which it takes for few because most prompts have few.
 */
const prepareVersionQueries = (db: Reader) => {
  const versionWith = (condition: SQL) =>
    db
      .select(shownColumns)
      .from(promptVersions)
      .innerJoin(prompts, eq(prompts.id, promptVersions.promptId))
      .where(condition);
  const promptId = sql`(
    select p.id from ${prompts} p
    where p.project_id = ${sql.placeholder('projectId')} and p.name = ${sql.placeholder('name')})`;
  const labelledId = sql`(
    select l.version_id from ${promptLabels} l
    where l.prompt_id = ${promptId} and l.label = ${sql.placeholder('label')})`;
  return {
    byVersion: versionWith(
      sql`${promptVersions.promptId} = ${promptId} and ${promptVersions.version} = ${sql.placeholder('version')}`,
    ).prepare('find_prompt_by_version'),
    byLabel: versionWith(sql`${promptVersions.id} = ${labelledId}`).prepare('find_prompt_by_label'),
  };
};
/** Most of the time of a fetch would go into writing and planning the same statement again. */
const preparedQueries = new WeakMap<Reader, ReturnType<typeof prepareVersionQueries>>();

/** One read, by indexes alone: no cache stands before it, so a label that was moved is seen by the next fetch. */
export async function findVersion(
  db: Reader,
  projectId: string,
  name: string,
  selector: VersionSelector,
): Promise<VersionRow | null> {
  const prepared = preparedQueries.get(db) ?? prepareVersionQueries(db);
  preparedQueries.set(db, prepared);
  const [row] =
    'version' in selector
      ? await prepared.byVersion.execute({ projectId, name, version: selector.version })
      : await prepared.byLabel.execute({ projectId, name, label: selector.label });
  return row ?? null;
}

export interface ListFilter {
  projectId: string;
  name?: string | undefined;
  version?: number | undefined;
  label?: string | undefined;
  tag?: string | undefined;
  fromUpdatedAt?: Date | undefined;
  toUpdatedAt?: Date | undefined;
}

const matches = (filter: ListFilter) =>
  and(
    eq(prompts.projectId, filter.projectId),
    filter.name === undefined ? undefined : eq(prompts.name, filter.name),
    filter.tag === undefined ? undefined : sql`${filter.tag} = any(${prompts.tags})`,
    filter.version === undefined ? undefined : eq(promptVersions.version, filter.version),
    filter.label === undefined
      ? undefined
      : sql`exists (select 1 from ${promptLabels} l where l.version_id = ${promptVersions.id} and l.label = ${filter.label})`,
    filter.fromUpdatedAt && gte(promptVersions.updatedAt, filter.fromUpdatedAt),
    filter.toUpdatedAt && lt(promptVersions.updatedAt, filter.toUpdatedAt),
  );

/** Prompts by name, each with those of its versions that match. */
export function listNames(db: Reader, filter: ListFilter, page: { limit: number; offset: number }) {
  // By code points, so that pages are the same whatever the collation of the installation.
  const byName = sql`${prompts.name} collate "C"`;
  const named = db
    .select({
      id: prompts.id,
      name: prompts.name,
      type: prompts.type,
      tags: prompts.tags,
      versions: sql<number[]>`array_agg(${promptVersions.version} order by ${promptVersions.version})`.as(
        'versions',
      ),
      newest: sql<number>`max(${promptVersions.version})`.as('newest'),
      lastUpdatedAt: sql`max(${promptVersions.updatedAt})`
        .mapWith(promptVersions.updatedAt)
        .as('last_updated_at'),
    })
    .from(prompts)
    .innerJoin(promptVersions, eq(promptVersions.promptId, prompts.id))
    .where(matches(filter))
    .groupBy(prompts.id)
    .orderBy(byName)
    .limit(page.limit)
    .offset(page.offset)
    .as('named');
  return db
    .select({
      name: named.name,
      type: named.type,
      tags: named.tags,
      versions: named.versions,
      lastUpdatedAt: named.lastUpdatedAt,
      lastConfig: promptVersions.config,
      labels: sql<string[]>`array(
        select l.label from ${promptLabels} l join ${promptVersions} v on v.id = l.version_id
        where l.prompt_id = ${named.id} and v.version = any(${named.versions}) order by l.position)`,
    })
    .from(named)
    .innerJoin(
      promptVersions,
      and(eq(promptVersions.promptId, named.id), eq(promptVersions.version, named.newest)),
    )
    .orderBy(sql`${named.name} collate "C"`);
}

export async function countNames(db: Reader, filter: ListFilter): Promise<number> {
  const [row] = await db
    .select({ total: countDistinct(prompts.id) })
    .from(prompts)
    .innerJoin(promptVersions, eq(promptVersions.promptId, prompts.id))
    .where(matches(filter));
  return row!.total;
}

export async function findPrompt(db: Reader, projectId: string, name: string) {
  const [row] = await db.select().from(prompts).where(isNamed(projectId, name));
  return row ?? null;
}

/** Of all versions, or of those a selector names; newest first. */
export const findVersionsOf = (
  db: Reader,
  promptId: string,
  selector: { version?: number | undefined; label?: string | undefined } = {},
) =>
  db
    .select({ id: promptVersions.id, version: promptVersions.version, labels: labelsOf(promptVersions.id) })
    .from(promptVersions)
    .where(
      and(
        eq(promptVersions.promptId, promptId),
        selector.version === undefined ? undefined : eq(promptVersions.version, selector.version),
        selector.label === undefined
          ? undefined
          : sql`exists (select 1 from ${promptLabels} l where l.version_id = ${promptVersions.id} and l.label = ${selector.label})`,
      ),
    )
    .orderBy(desc(promptVersions.version));

export async function insertPrompt(
  transaction: Transaction,
  prompt: typeof prompts.$inferInsert,
): Promise<typeof prompts.$inferSelect> {
  const [row] = await transaction.insert(prompts).values(prompt).returning();
  return row!;
}

/** The next number of this prompt. */
export async function findNextVersion(db: Reader, promptId: string): Promise<number> {
  const [row] = await db
    .select({ next: sql<number>`coalesce(max(${promptVersions.version}), 0) + 1` })
    .from(promptVersions)
    .where(eq(promptVersions.promptId, promptId));
  return row!.next;
}

export async function insertVersion(
  transaction: Transaction,
  version: typeof promptVersions.$inferInsert,
  dependencies: readonly DependencyTag[],
  projectId: string,
): Promise<void> {
  await transaction.insert(promptVersions).values(version);
  if (dependencies.length === 0) return;
  await transaction.insert(promptDependencies).values(
    dependencies.map((tag, position) => ({
      versionId: version.id,
      position,
      projectId,
      childName: tag.name,
      childVersion: tag.version,
      childLabel: tag.label,
    })),
  );
}

/** Tags belong to all versions of a prompt: all of them have changed. */
export async function updateTags(transaction: Transaction, promptId: string, tags: string[]): Promise<void> {
  await transaction.update(prompts).set({ tags }).where(eq(prompts.id, promptId));
  await transaction
    .update(promptVersions)
    .set({ updatedAt: sql`now()` })
    .where(eq(promptVersions.promptId, promptId));
}

/** Makes the labels point at this version, wherever they pointed. */
export async function assignLabels(
  transaction: Transaction,
  { promptId, id: versionId }: { promptId: string; id: string },
  labels: readonly string[],
): Promise<void> {
  if (labels.length === 0) return;
  const moved = await transaction
    .delete(promptLabels)
    .where(
      and(
        eq(promptLabels.promptId, promptId),
        inArray(promptLabels.label, [...labels]),
        ne(promptLabels.versionId, versionId),
      ),
    )
    .returning({ versionId: promptLabels.versionId });
  await transaction
    .insert(promptLabels)
    .values(labels.map((label) => ({ promptId, versionId, label })))
    .onConflictDoNothing();
  await transaction
    .update(promptVersions)
    .set({ updatedAt: sql`now()` })
    .where(inArray(promptVersions.id, [versionId, ...moved.map((label) => label.versionId)]));
}

export async function deleteVersions(transaction: Transaction, ids: readonly string[]): Promise<void> {
  await transaction.delete(promptVersions).where(inArray(promptVersions.id, [...ids]));
}

export async function deletePromptRow(transaction: Transaction, promptId: string): Promise<void> {
  await transaction.delete(prompts).where(eq(prompts.id, promptId));
}

/** Ids of versions by what observations know of them. */
export async function findVersionIds(
  db: Reader,
  projectId: string,
  links: readonly { name: string; version: number }[],
): Promise<{ id: string; name: string; version: number }[]> {
  const names = links.map(({ name }) => name);
  const versions = links.map(({ version }) => version);
  const { rows } = await db.execute<{ id: string; name: string; version: number }>(sql`
    select v.id, p.name, v.version
    from unnest(${sql.param(names)}::text[], ${sql.param(versions)}::int[]) as link(name, version)
    join ${prompts} p on p.project_id = ${projectId} and p.name = link.name
    join ${promptVersions} v on v.prompt_id = p.id and v.version = link.version`);
  return rows;
}

export async function hasVersion(
  db: Pick<Database, 'select'>,
  projectId: string,
  id: string,
): Promise<boolean> {
  const [row] = await db
    .select({ id: promptVersions.id })
    .from(promptVersions)
    .innerJoin(prompts, eq(prompts.id, promptVersions.promptId))
    .where(and(eq(prompts.projectId, projectId), eq(promptVersions.id, id)))
    .limit(1);
  return row !== undefined;
}

export const listProtected = async (db: Reader, projectId: string): Promise<string[]> => {
  const rows = await db
    .select({ label: protectedPromptLabels.label })
    .from(protectedPromptLabels)
    .where(eq(protectedPromptLabels.projectId, projectId))
    .orderBy(protectedPromptLabels.label);
  return rows.map(({ label }) => label);
};

/** False when it was protected before. */
export async function insertProtected(
  transaction: Transaction,
  projectId: string,
  label: string,
): Promise<boolean> {
  const written = await transaction
    .insert(protectedPromptLabels)
    .values({ projectId, label })
    .onConflictDoNothing()
    .returning({ label: protectedPromptLabels.label });
  return written.length > 0;
}

export async function deleteProtected(
  transaction: Transaction,
  projectId: string,
  label: string,
): Promise<boolean> {
  const deleted = await transaction
    .delete(protectedPromptLabels)
    .where(and(eq(protectedPromptLabels.projectId, projectId), eq(protectedPromptLabels.label, label)))
    .returning({ label: protectedPromptLabels.label });
  return deleted.length > 0;
}
