import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageMeta, pageQuery } from '../pagination';
import { exactText, isoTime, textList } from '../query-params';
import { storableText } from '../storable-text';
import { promptLabel } from './prompts';

/** Skills of agents: folders of text files with a `SKILL.md`, in versions with labels. */
export const skillLimits = {
  nameLength: 64,
  descriptionLength: 1_024,
  /** Files of one version. */
  files: 200,
  pathLength: 300,
  labels: 100,
  tags: 100,
  tagLength: 200,
  commitMessageLength: 500,
  /** Contents read at once. */
  contents: 50,
} as const;

const sha256Hash = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be a SHA-256 in base64, 44 characters');

const path = storableText(skillLimits.pathLength)
  .min(1)
  .refine(
    (text) =>
      text.split('/').every((part) => part !== '' && part !== '.' && part !== '..') &&
      !/[\\\p{Cc}]/u.test(text),
    'must be relative, with / between its parts and none of them . or ..',
  );

export const createSkillVersionBody = z.object({
  files: z
    .array(
      z.union([
        z.object({ path, content: storableText(1_000_000) }),
        // Of a version before: its content is here already.
        z.object({ path, sha256Hash }),
      ]),
    )
    .min(1)
    .max(skillLimits.files)
    .refine(
      (files) => new Set(files.map((file) => file.path)).size === files.length,
      'each path may stand once',
    ),
  commitMessage: storableText(skillLimits.commitMessageLength).nullish(),
});

export const skillVersion = z
  .object({
    id: z.string(),
    createdAt: isoTime,
    updatedAt: isoTime,
    projectId: z.string(),
    createdBy: z.string(),
    name: z.string(),
    description: z.string(),
    frontmatter: z.unknown(),
    version: z.int(),
    tags: z.array(z.string()),
    labels: z.array(z.string()),
    commitMessage: z.string().nullable(),
    files: z.array(
      z.object({
        id: z.string(),
        path: z.string(),
        blobId: z.string(),
        sha256Hash: z.string(),
        contentType: z.string(),
        contentLength: z.int(),
      }),
    ),
  })
  .meta({ id: 'SkillVersion' });
export type SkillVersion = z.output<typeof skillVersion>;

const skillSummary = z.object({
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  latestVersion: z.int(),
  latestVersionCreatedAt: isoTime,
  latestVersionLastUpdatedAt: isoTime,
  productionVersion: z.int().nullable(),
});
export type SkillSummary = z.output<typeof skillSummary>;

const tag = 'Skills';
const all = '/api/public/unstable/skills' as const;
const skillName = storableText(skillLimits.nameLength).min(1);
const params = z.object({ skillName });
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);
const versionParams = z.object({ skillName, skillVersion: versionNumber });

export const listSkills = defineOperation({
  id: 'listSkills',
  method: 'GET',
  path: all,
  scope: 'skills:read',
  tag,
  summary: 'Skills as their newest versions describe them, the newest change first.',
  query: z.object({
    ...pageQuery,
    name: exactText.optional(),
    search: storableText(200).optional(),
    tag: exactText.optional(),
    fromUpdatedAt: isoTime.optional(),
    toUpdatedAt: isoTime.optional(),
  }),
  responses: {
    200: z.object({ data: z.array(skillSummary), meta: pageMeta.extend({ hasNextPage: z.boolean() }) }),
  },
});

export const createSkillVersion = defineOperation({
  id: 'createSkillVersion',
  method: 'POST',
  path: all,
  scope: 'skills:create',
  tag,
  summary: 'Stores a folder with a SKILL.md as the next version of the skill that it names.',
  body: createSkillVersionBody,
  responses: { 200: skillVersion },
});

export const getSkillFileContents = defineOperation({
  id: 'getSkillFileContents',
  method: 'GET',
  path: `${all}/files/content`,
  scope: 'skills:read',
  tag,
  summary: 'The contents of files by their hashes.',
  query: z.object({ sha256Hashes: textList.pipe(z.array(sha256Hash).min(1).max(skillLimits.contents)) }),
  responses: { 200: z.object({ data: z.array(z.object({ sha256Hash: z.string(), content: z.string() })) }) },
});

export const getSkill = defineOperation({
  id: 'getSkill',
  method: 'GET',
  path: `${all}/{skillName}`,
  scope: 'skills:read',
  tag,
  summary: 'A version of a skill with the list of its files: by number or label, production by default.',
  params,
  query: z.object({ version: versionNumber.optional(), label: exactText.optional() }),
  responses: { 200: skillVersion },
});

export const updateSkill = defineOperation({
  id: 'updateSkill',
  method: 'PATCH',
  path: `${all}/{skillName}`,
  scope: 'skills:update',
  tag,
  summary: 'Replaces the tags of a skill.',
  params,
  body: z.object({ tags: z.array(storableText(skillLimits.tagLength).min(1)).max(skillLimits.tags) }),
  responses: { 200: skillVersion },
});

export const setSkillLabels = defineOperation({
  id: 'setSkillLabels',
  method: 'PATCH',
  path: `${all}/{skillName}/versions/{skillVersion}`,
  scope: 'skills:update',
  tag,
  summary: 'Replaces the labels of a version; other versions lose those it gets.',
  params: versionParams,
  body: z.object({ labels: z.array(promptLabel).max(skillLimits.labels) }),
  responses: { 200: skillVersion },
});

export const deleteSkillVersion = defineOperation({
  id: 'deleteSkillVersion',
  method: 'DELETE',
  path: `${all}/{skillName}/versions/{skillVersion}`,
  scope: 'skills:delete',
  tag,
  summary: 'Deletes one version; with the last one the skill is gone.',
  params: versionParams,
  responses: { 200: z.object({ deleted: z.boolean() }) },
});
