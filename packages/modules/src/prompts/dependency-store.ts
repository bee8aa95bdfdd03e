import {
  promptDependencies,
  promptLabels,
  prompts,
  promptVersions,
} from '@tracewell/schema/postgres/prompts';
import { and, asc, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { compositionLimits, type Edge } from './resolve-prompt';
import type { Reader } from './store';

/** What versions refer to, and who refers to them. */

/** References of other prompts to these versions or labels of a prompt, at most as many as a message may name. */
export const findDependents = (
  db: Reader,
  child: { projectId: string; name: string; versions: readonly number[]; labels: readonly string[] },
  limit: number,
) =>
  db
    .select({
      name: prompts.name,
      version: promptVersions.version,
      childVersion: promptDependencies.childVersion,
      childLabel: promptDependencies.childLabel,
    })
    .from(promptDependencies)
    .innerJoin(promptVersions, eq(promptVersions.id, promptDependencies.versionId))
    .innerJoin(prompts, eq(prompts.id, promptVersions.promptId))
    .where(
      and(
        eq(promptDependencies.projectId, child.projectId),
        eq(promptDependencies.childName, child.name),
        ne(prompts.name, child.name),
        or(
          inArray(promptDependencies.childVersion, [...child.versions]),
          inArray(promptDependencies.childLabel, [...child.labels]),
        ),
      ),
    )
    .orderBy(asc(prompts.name), asc(promptVersions.version))
    .limit(limit);

interface EdgeRow {
  parentId: string;
  tagName: string;
  tagVersion: number | null;
  tagLabel: string | null;
  id: string | null;
  name: string;
  version: number;
  type: string;
  childLength: number | null;
}

/** Recursive, so that all of it is of one instant; planned once, as planning takes longer than reading. */
function prepareQueries(db: Reader) {
  const child = sql`(
    select coalesce(
      (select v.id from ${promptVersions} v where v.prompt_id = p.id and v.version = d.child_version),
      (select l.version_id from ${promptLabels} l where l.prompt_id = p.id and l.label = d.child_label))
    from ${prompts} p where p.project_id = d.project_id and p.name = d.child_name)`;
  const columns = sql`d.version_id, d.position, d.child_name, d.child_version, d.child_label, ${child}`;
  const ofProject = sql`d.project_id = ${sql.placeholder('projectId')}`;
  const edges = sql`(
    with recursive below(parent_id, position, name, version, label, child_id, depth) as (
      select ${columns}, 1 from ${promptDependencies} d
      where d.version_id = ${sql.placeholder('versionId')} and ${ofProject}
      union
      select ${columns}, below.depth + 1
      from below join ${promptDependencies} d on d.version_id = below.child_id
      where below.depth <= ${sql.raw(String(compositionLimits.depth))} and ${ofProject}
    )
    select parent_id, position, name, version, label, child_id, min(depth) as depth from below
    group by 1, 2, 3, 4, 5, 6) e
    left join ${promptVersions} v on v.id = e.child_id
    left join ${prompts} p on p.id = v.prompt_id`;
  const row = {
    parentId: sql<EdgeRow['parentId']>`e.parent_id`,
    tagName: sql<EdgeRow['tagName']>`e.name`,
    tagVersion: sql<EdgeRow['tagVersion']>`e.version`,
    tagLabel: sql<EdgeRow['tagLabel']>`e.label`,
    id: sql<EdgeRow['id']>`v.id`,
    name: sql<EdgeRow['name']>`p.name`,
    version: sql<EdgeRow['version']>`v.version`,
    type: sql<EdgeRow['type']>`p.type`,
    childLength: sql<EdgeRow['childLength']>`char_length(v.content::text)`,
  };
  return {
    edges: db
      .select(row)
      .from(edges)
      .orderBy(sql`e.depth, e.parent_id, e.position`)
      .limit(compositionLimits.edges + 1)
      .prepare('find_prompt_edges'),
    texts: db
      .select({ id: promptVersions.id, content: promptVersions.content })
      .from(promptVersions)
      .where(sql`${promptVersions.id} = any(${sql.placeholder('ids')}::text[])`)
      .prepare('find_prompt_texts'),
  };
}
const preparedQueries = new WeakMap<Reader, ReturnType<typeof prepareQueries>>();
const queriesOf = (db: Reader) => {
  const prepared = preparedQueries.get(db) ?? prepareQueries(db);
  preparedQueries.set(db, prepared);
  return prepared;
};

/** What a version refers to, down to one level below the deepest that is allowed, as it is at one instant. */
export async function findEdges(
  db: Reader,
  projectId: string,
  versionId: string,
): Promise<(Edge & { childLength: number | null })[]> {
  const rows = await queriesOf(db).edges.execute({ projectId, versionId });
  return rows.map(({ parentId, tagName, tagVersion, tagLabel, id, name, version, type, childLength }) => ({
    parentId,
    tag: { name: tagName, version: tagVersion, label: tagLabel },
    child: id === null ? null : { id, name, version, type },
    childLength,
  }));
}

/** The contents of text prompts by the id of their version. */
export async function findTexts(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await queriesOf(db).texts.execute({ ids });
  return new Map(rows.map(({ id, content }) => [id, String(content)]));
}
