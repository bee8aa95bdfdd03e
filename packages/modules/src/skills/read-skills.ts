import {
  type AnswerOf,
  ApiError,
  type getSkill as getOperation,
  type listSkills as listOperation,
  type QueryOf,
  type SkillVersion,
  toPageMeta,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { describeVersion } from './describe-skill';
import { findSkill, findVersion, listSkillRows, readBlobs } from './store';

type Deps = { relational: Pick<Relational, 'db'> };

export async function listSkills(
  { relational }: Deps,
  access: ProjectAccess,
  { page, limit, ...filter }: QueryOf<typeof listOperation>,
): Promise<AnswerOf<typeof listOperation>> {
  requireScope(access, 'skills:read');
  const { rows, total } = await listSkillRows(relational.db, access.projectId, filter, {
    limit,
    offset: (page - 1) * limit,
  });
  return {
    data: rows.map(({ skill, version, productionVersion }) => ({
      name: skill.name,
      description: version.description,
      tags: skill.tags,
      latestVersion: version.version,
      latestVersionCreatedAt: version.createdAt.toISOString(),
      latestVersionLastUpdatedAt: version.updatedAt.toISOString(),
      productionVersion,
    })),
    meta: { ...toPageMeta({ page, limit }, total), hasNextPage: page * limit < total },
  };
}

/** By number or label, the one labelled `production` by default. Throws `not_found`. */
export async function getSkill(
  { relational: { db } }: Deps,
  access: ProjectAccess,
  name: string,
  { version, label }: QueryOf<typeof getOperation>,
): Promise<SkillVersion> {
  requireScope(access, 'skills:read');
  if (version !== undefined && label !== undefined) {
    throw new ApiError('invalid_request', 'Give version or label, not both.');
  }
  const skill = await findSkill(db, access.projectId, name);
  const wanted = version !== undefined ? { version } : { label: label ?? 'production' };
  const stored = skill && (await findVersion(db, skill.id, label === 'latest' ? 'latest' : wanted));
  if (!stored) {
    const what = version !== undefined ? `version ${version}` : `label ${label ?? 'production'}`;
    throw new ApiError('not_found', `Skill ${name} with ${what} not found in this project.`);
  }
  return describeVersion(db, skill, stored);
}

/** In the order they were asked for. Throws `not_found` for a hash that no file has. */
export async function getSkillFileContents(
  { relational }: Deps,
  access: ProjectAccess,
  hashes: readonly string[],
): Promise<{ data: { sha256Hash: string; content: string }[] }> {
  requireScope(access, 'skills:read');
  const wanted = [...new Set(hashes)];
  const found = new Map(
    (await readBlobs(relational.db, access.projectId, wanted)).map((blob) => [blob.sha256Hash, blob]),
  );
  const missing = wanted.filter((hash) => !found.has(hash));
  if (missing.length > 0) {
    throw new ApiError(
      'not_found',
      `No skill of this project has a file with the hash ${missing.join(', ')}.`,
    );
  }
  return { data: wanted.map((hash) => found.get(hash)!) };
}
