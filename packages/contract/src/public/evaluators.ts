import { z } from 'zod';
import { defineOperation } from '../operation';
import { isoTime, wholeNumber } from '../query-params';
import { storableId, storableText } from '../storable-text';
import {
  chatMessage,
  chatPrompt,
  evaluationLimits,
  evaluationName,
  evaluatorModel,
  outputDefinition,
  promptText,
  readMapping,
  sourceCode,
  sourceCodeLanguage,
  variableMappings,
} from './evaluation-parts';

/** Evaluators, `/api/public/v2`: identified by id, with a version for every change of the definition. */

const creator = z.object({ id: z.string(), name: z.string().nullable() }).nullable();
const description = storableText(evaluationLimits.descriptionLength).nullish();

const judgeBody = {
  type: z.literal('llm_as_judge'),
  prompt: z.union([promptText, chatPrompt]),
  modelConfig: evaluatorModel.nullish(),
  variableMapping: variableMappings.nullish(),
  outputDefinition,
};
const codeBody = { type: z.literal('code'), sourceCode, sourceCodeLanguage };

export const createEvaluatorBody = z.discriminatedUnion('type', [
  z.object({ name: evaluationName, description, ...judgeBody }),
  z.object({ name: evaluationName, description, ...codeBody }),
]);

const metadataFields = { name: evaluationName.optional(), description };
/** Name and description alone, or with a whole new definition; a part of a definition is refused. */
export const updateEvaluatorBody = z
  .union([
    z.strictObject({ ...metadataFields, ...judgeBody }),
    z.strictObject({ ...metadataFields, ...codeBody }),
    z.strictObject(metadataFields),
  ])
  .refine(
    (body) => Object.values(body).some((value) => value !== undefined),
    'give at least one field to change',
  );

const judgeDefinition = {
  type: z.literal('llm_as_judge'),
  prompt: z.array(chatMessage),
  variables: z.array(z.string()),
  variableMapping: z.array(readMapping).nullable(),
  modelConfig: evaluatorModel.nullable(),
  outputDefinition,
};
const codeDefinition = { type: z.literal('code'), sourceCode: z.string(), sourceCodeLanguage };

const evaluatorBase = {
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  createdBy: creator,
  status: z.enum(['active', 'paused']),
  pausedAt: isoTime.nullable(),
  pausedReason: z.string().nullable(),
  pausedMessage: z.string().nullable(),
  /** Newest first. */
  evaluationRuleAssignments: z.array(
    z.object({
      evaluationRuleId: z.string(),
      /** Absent where the evaluator's own mapping holds. */
      variableMappingOverride: z.array(readMapping).optional(),
    }),
  ),
  createdAt: isoTime,
  updatedAt: isoTime,
  versionId: z.string(),
  version: z.int(),
  versionCreatedAt: isoTime,
  versionCreatedBy: creator,
};
export const evaluator = z
  .discriminatedUnion('type', [
    z.object({ ...evaluatorBase, ...judgeDefinition }),
    z.object({ ...evaluatorBase, ...codeDefinition }),
  ])
  .meta({ id: 'Evaluator' });
export type Evaluator = z.output<typeof evaluator>;

const versionBase = { id: z.string(), version: z.int(), createdAt: isoTime, createdBy: creator };
export const evaluatorVersion = z.discriminatedUnion('type', [
  z.object({ ...versionBase, ...judgeDefinition }),
  z.object({ ...versionBase, ...codeDefinition }),
]);
export type EvaluatorVersion = z.output<typeof evaluatorVersion>;

/** `cursor` is absent on the last page. */
export const cursorPage = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), meta: z.object({ cursor: z.string().optional() }) });
export const cursorQuery = z.object({
  limit: wholeNumber({ min: 1, max: 100, default: 50 }),
  cursor: z.string().max(4_000).optional(),
});

const tag = 'Evaluators';
const params = z.object({ evaluatorId: storableId });
const one = '/api/public/v2/evaluators/{evaluatorId}' as const;

export const createEvaluator = defineOperation({
  id: 'createEvaluator',
  method: 'POST',
  path: '/api/public/v2/evaluators',
  scope: 'evaluators:create',
  tag,
  summary: 'Defines how something is to be judged, by a model or by code.',
  body: createEvaluatorBody,
  responses: { 200: evaluator },
});
export const listEvaluators = defineOperation({
  id: 'listEvaluators',
  method: 'GET',
  path: '/api/public/v2/evaluators',
  scope: 'evaluators:read',
  tag,
  summary: 'Evaluators with their newest definition, newest first, page by cursor.',
  query: cursorQuery,
  responses: { 200: cursorPage(evaluator) },
});
export const getEvaluator = defineOperation({
  id: 'getEvaluator',
  method: 'GET',
  path: one,
  scope: 'evaluators:read',
  tag,
  summary: 'One evaluator with its newest definition.',
  params,
  responses: { 200: evaluator },
});
export const updateEvaluator = defineOperation({
  id: 'updateEvaluator',
  method: 'PATCH',
  path: one,
  scope: 'evaluators:update',
  tag,
  summary: 'Renames an evaluator, or gives it a new definition as its next version.',
  params,
  body: updateEvaluatorBody,
  responses: { 200: evaluator },
});
export const deleteEvaluator = defineOperation({
  id: 'deleteEvaluator',
  method: 'DELETE',
  path: one,
  scope: 'evaluators:delete',
  tag,
  summary: 'Deletes an evaluator with all versions and takes it off its rules; its scores stay.',
  params,
  responses: { 200: z.object({ id: z.string() }) },
});
export const listEvaluatorVersions = defineOperation({
  id: 'listEvaluatorVersions',
  method: 'GET',
  path: `${one}/versions`,
  scope: 'evaluators:read',
  tag,
  summary: 'Every definition an evaluator ever had, newest first, page by cursor.',
  params,
  query: cursorQuery,
  responses: { 200: cursorPage(evaluatorVersion) },
});
