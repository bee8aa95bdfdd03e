import type { SkillVersion } from '@tracewell/contract';
import { findVersion, listFiles, type SkillRow, type Transaction, type VersionRow } from './store';

/** As the wire shows it; `latest` is the label of the highest version. */
export async function describeVersion(
  db: Pick<Transaction, 'select'>,
  skill: SkillRow,
  version: VersionRow,
): Promise<SkillVersion> {
  const [files, latest] = await Promise.all([listFiles(db, version.id), findVersion(db, skill.id, 'latest')]);
  return {
    id: version.id,
    createdAt: version.createdAt.toISOString(),
    updatedAt: version.updatedAt.toISOString(),
    projectId: skill.projectId,
    createdBy: version.createdBy,
    name: skill.name,
    description: version.description,
    frontmatter: version.frontmatter,
    version: version.version,
    tags: skill.tags,
    labels: latest?.id === version.id ? [...version.labels, 'latest'] : version.labels,
    commitMessage: version.commitMessage,
    files: files.map(({ id, path, blobId, sha256, contentType, contentLength }) => ({
      id,
      path,
      blobId,
      sha256Hash: sha256,
      contentType,
      contentLength,
    })),
  };
}
