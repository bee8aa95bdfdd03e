import { ApiError, type SkillVersion } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { describeVersion } from './describe-skill';
import {
  findSkill,
  findVersion,
  lockSkills,
  moveLabels,
  removeVersion,
  type SkillRow,
  setTags,
  type Transaction,
  type VersionRow,
} from './store';

type Deps = { relational: Pick<Relational, 'db'> };

/** Replaces the tags of all versions; the answer is the newest one. */
export async function updateSkillTags(
  { relational }: Deps,
  access: ProjectAccess,
  name: string,
  sent: readonly string[],
): Promise<SkillVersion> {
  requireScope(access, 'skills:update');
  const tags = [...new Set(sent)];
  return relational.db.transaction(async (transaction) => {
    const { skill, version } = await requireVersion(transaction, access, name, 'latest');
    await setTags(transaction, skill.id, tags);
    await record(transaction, access, 'skills.update', name, {
      before: { tags: skill.tags },
      after: { tags },
    });
    return describeVersion(transaction, { ...skill, tags }, version);
  });
}

/** Replaces the labels of a version, taking them from others. Throws `invalid_request` for `latest`. */
export async function setSkillLabels(
  { relational }: Deps,
  access: ProjectAccess,
  name: string,
  number: number,
  sent: readonly string[],
): Promise<SkillVersion> {
  requireScope(access, 'skills:update');
  const labels = [...new Set(sent)];
  if (labels.includes('latest')) {
    throw new ApiError(
      'invalid_request',
      'The label latest is given to the newest version by itself. Leave it out.',
    );
  }
  return relational.db.transaction(async (transaction) => {
    const { skill, version } = await requireVersion(transaction, access, name, { version: number });
    await moveLabels(transaction, skill.id, version.id, labels);
    await record(transaction, access, 'skills.update', name, {
      before: { version: number, labels: version.labels },
      after: { version: number, labels },
    });
    const changed = await findVersion(transaction, skill.id, { version: number });
    return describeVersion(transaction, skill, changed!);
  });
}

export async function deleteSkillVersion(
  { relational }: Deps,
  access: ProjectAccess,
  name: string,
  number: number,
): Promise<{ deleted: boolean }> {
  requireScope(access, 'skills:delete');
  await relational.db.transaction(async (transaction) => {
    const { skill, version } = await requireVersion(transaction, access, name, { version: number });
    await removeVersion(transaction, skill, version.id);
    await record(transaction, access, 'skills.delete', name, {
      before: { version: number, description: version.description, labels: version.labels },
    });
  });
  return { deleted: true };
}

/** Holds the skills, so that labels and versions change one after the other. Throws `not_found`. */
async function requireVersion(
  transaction: Transaction,
  access: ProjectAccess,
  name: string,
  wanted: { version: number } | 'latest',
): Promise<{ skill: SkillRow; version: VersionRow }> {
  await lockSkills(transaction, access.projectId);
  const skill = await findSkill(transaction, access.projectId, name);
  const version = skill && (await findVersion(transaction, skill.id, wanted));
  if (version) return { skill, version };
  const what = wanted === 'latest' ? '' : ` with version ${wanted.version}`;
  throw new ApiError('not_found', `Skill ${name}${what} not found in this project.`);
}

const record = (
  transaction: Transaction,
  access: ProjectAccess,
  action: string,
  resourceId: string,
  change: { before?: unknown; after?: unknown },
): Promise<void> =>
  recordChange(transaction, {
    actor: access.actor,
    organizationId: access.organizationId,
    projectId: access.projectId,
    action,
    resourceType: 'skill',
    resourceId,
    ...change,
  });
