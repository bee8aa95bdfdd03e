import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  type createSkillVersion as operation,
  type SkillVersion,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { describeVersion } from './describe-skill';
import { contentTypeOf, hashContent, manifestPath, readManifest } from './skill';
import {
  findBlobs,
  findVersion,
  insertBlobs,
  insertVersion,
  lockSkills,
  nextVersion,
  readBlob,
  type Transaction,
} from './store';

type Files = BodyOf<typeof operation>['files'];

/**
 * The next version of the skill that the folder's SKILL.md names. Throws `invalid_request` for a folder without a
 * proper one, and for a hash whose content is not here.
 */
export async function createSkillVersion(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  { files, commitMessage = null }: BodyOf<typeof operation>,
): Promise<SkillVersion> {
  requireScope(access, 'skills:create');
  const manifestFile = files.find(({ path }) => path === manifestPath);
  if (!manifestFile) {
    throw new ApiError(
      'invalid_request',
      `files must hold a ${manifestPath}, which names and describes the skill.`,
    );
  }
  return relational.db.transaction(async (transaction) => {
    await lockSkills(transaction, access.projectId);
    const blobIds = await storeContents(transaction, access.projectId, files);
    const blobOf = (file: Files[number]) => blobIds.get(hashOf(file))!;
    const content =
      'content' in manifestFile ? manifestFile.content : await readBlob(transaction, blobOf(manifestFile));
    const { name, description, frontmatter } = readManifest(content);
    const skill = await nextVersion(transaction, { id: randomUUID(), projectId: access.projectId, name });
    const version = skill.lastVersion;
    await insertVersion(
      transaction,
      {
        id: randomUUID(),
        skillId: skill.id,
        version,
        description,
        frontmatter,
        labels: [],
        commitMessage,
        createdBy: access.actor.kind === 'user' ? access.actor.id : 'API',
      },
      files.map((file) => ({
        id: randomUUID(),
        path: file.path,
        blobId: blobOf(file),
        contentType: contentTypeOf(file.path),
      })),
    );
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId: access.projectId,
      action: 'skills.create',
      resourceType: 'skill',
      resourceId: name,
      after: {
        version,
        description,
        commitMessage,
        files: files.map((file) => ({ path: file.path, sha256Hash: hashOf(file) })),
      },
    });
    const stored = await findVersion(transaction, skill.id, { version });
    return describeVersion(transaction, skill, stored!);
  });
}

const hashOf = (file: Files[number]): string =>
  'content' in file ? hashContent(file.content) : file.sha256Hash;

/** The ids of the contents by hash, the new ones stored. */
async function storeContents(
  transaction: Transaction,
  projectId: string,
  files: Files,
): Promise<Map<string, string>> {
  const contents = new Map(
    files.flatMap((file) => ('content' in file ? [[hashOf(file), file.content] as const] : [])),
  );
  await insertBlobs(
    transaction,
    [...contents].map(([sha256, content]) => ({
      id: randomUUID(),
      projectId,
      sha256,
      content,
      contentLength: Buffer.byteLength(content),
    })),
  );
  const found = await findBlobs(transaction, projectId, [...new Set(files.map(hashOf))]);
  const missing = files.find((file) => !found.has(hashOf(file)));
  if (!missing) return found;
  throw new ApiError(
    'invalid_request',
    `No file of this project has the hash that ${missing.path.slice(0, 100)} refers to. Send its content.`,
  );
}
