import { z } from 'zod';
import { defineOperation } from '../operation';
import { scoreConfig } from '../public/score-configs';
import { storableId, storableText } from '../storable-text';

/** What a person says of recorded data: scores by config, and what an output should have been. */

const project = '/api/v1/projects/{projectId}' as const;
const tag = 'Annotation';
const params = z.object({ projectId: z.string().min(1) });

/** Configs that can be annotated with in one answer; the newest of more. */
export const maxAnnotationConfigs = 200;
/** Of a comment beside a score, and of a corrected output. */
export const maxAnnotationCommentChars = 5_000;
export const maxCorrectionChars = 1_000_000;

const target = { traceId: storableId, observationId: storableId.nullish() };

export const listAnnotationConfigs = defineOperation({
  id: 'listAnnotationConfigs',
  method: 'GET',
  path: `${project}/annotation-configs`,
  scope: 'score-configs:read',
  tag,
  summary: 'The score configs that can be given, newest first; archived ones are not among them.',
  params,
  responses: { 200: z.object({ data: z.array(scoreConfig) }) },
});

export const annotate = defineOperation({
  id: 'annotate',
  method: 'POST',
  path: `${project}/annotations`,
  scope: 'scores:ingest',
  tag,
  summary: 'Gives a score of source ANNOTATION by a config; the same id again changes it.',
  params,
  body: z.strictObject({
    ...target,
    /** Of the score; absent: a new one. */
    id: storableId.nullish(),
    configId: storableId,
    /** A number, 0 or 1 of a boolean, the label of a category, or text. */
    value: z.union([z.number(), storableText(10_000)]),
    comment: storableText(maxAnnotationCommentChars).nullish(),
  }),
  responses: { 201: z.object({ id: z.string() }) },
});

export const correctOutput = defineOperation({
  id: 'correctOutput',
  method: 'POST',
  path: `${project}/corrections`,
  scope: 'scores:ingest',
  tag,
  summary: 'Says what an output should have been; the same id again changes it.',
  params,
  body: z.strictObject({
    ...target,
    id: storableId.nullish(),
    value: storableText(maxCorrectionChars).min(1),
    comment: storableText(maxAnnotationCommentChars).nullish(),
  }),
  responses: { 201: z.object({ id: z.string() }) },
});

export const removeScore = defineOperation({
  id: 'removeScore',
  method: 'DELETE',
  path: `${project}/scores/{scoreId}`,
  scope: 'scores:delete',
  tag,
  summary: 'Deletes a score of any source; an unknown one is no error.',
  params: params.extend({ scoreId: storableId }),
  responses: { 200: z.object({ success: z.literal(true) }) },
});

/** Tags of one change, and the longest of them. */
export const maxTagsOfChange = 100;
export const maxTagChars = 1_000;
const tags = z.array(storableText(maxTagChars).trim().min(1)).max(maxTagsOfChange).default([]);

export const tagTrace = defineOperation({
  id: 'tagTrace',
  method: 'PATCH',
  path: `${project}/traces/{traceId}/tags`,
  scope: 'traces:tag',
  tag,
  summary: 'Adds tags to a trace and takes tags away; the answer is what it has then.',
  params: params.extend({ traceId: storableId }),
  body: z
    .strictObject({ add: tags, remove: tags })
    .refine(
      ({ add, remove }) => add.length + remove.length > 0,
      'must name at least one tag under add or remove',
    ),
  responses: { 200: z.object({ tags: z.array(z.string()) }) },
});
