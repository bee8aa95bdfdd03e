import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { isoTime } from '../query-params';
import { storableId } from '../storable-text';
import {
  evaluationName,
  evaluatorModel,
  nestedOutputDefinition,
  promptText,
  readMapping,
  sourceCode,
  sourceCodeLanguage,
  variableMappings,
} from './evaluation-parts';

/**
 * The first generation of evaluators, `/api/public/unstable`: the same evaluators, known by name. Creating one
 * whose name exists makes its next version.
 */

const judgeBody = z.object({
  type: z.literal('llm_as_judge'),
  name: evaluationName,
  prompt: promptText,
  outputDefinition: nestedOutputDefinition,
  modelConfig: evaluatorModel.nullish(),
  mapping: variableMappings.nullish(),
});
const codeBody = z.object({
  type: z.literal('code'),
  name: evaluationName,
  sourceCode,
  sourceCodeLanguage,
});
/** `type` may be left out: then a model judges. */
export const defineEvaluatorBody = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value, type: ('type' in value && value.type) || 'llm_as_judge' }
      : value,
  z.discriminatedUnion('type', [judgeBody, codeBody]),
);

const base = {
  id: z.string(),
  name: z.string(),
  version: z.int(),
  variables: z.array(z.string()),
  mapping: z.array(readMapping).nullable(),
  evaluationRuleCount: z.int(),
  createdAt: isoTime,
  updatedAt: isoTime,
};
export const namedEvaluator = z
  .discriminatedUnion('type', [
    z.object({
      ...base,
      type: z.literal('llm_as_judge'),
      prompt: z.string(),
      outputDefinition: nestedOutputDefinition,
      modelConfig: evaluatorModel.nullable(),
    }),
    z.object({ ...base, type: z.literal('code'), sourceCode: z.string(), sourceCodeLanguage }),
  ])
  .meta({ id: 'NamedEvaluator' });
export type NamedEvaluator = z.output<typeof namedEvaluator>;

const tag = 'Evaluators';
const deprecated = true;
const params = z.object({ evaluatorId: storableId });

export const defineEvaluator = defineOperation({
  id: 'defineEvaluator',
  method: 'POST',
  path: '/api/public/unstable/evaluators',
  scope: 'evaluators:create',
  tag,
  deprecated,
  summary: 'Creates an evaluator, or the next version of the one with this name.',
  body: defineEvaluatorBody,
  responses: { 200: namedEvaluator },
});
export const listNamedEvaluators = defineOperation({
  id: 'listNamedEvaluators',
  method: 'GET',
  path: '/api/public/unstable/evaluators',
  scope: 'evaluators:read',
  tag,
  deprecated,
  summary: 'Evaluators with their newest definition, newest first.',
  query: z.object(pageQuery),
  responses: { 200: pageOf(namedEvaluator) },
});
export const getNamedEvaluator = defineOperation({
  id: 'getNamedEvaluator',
  method: 'GET',
  path: '/api/public/unstable/evaluators/{evaluatorId}',
  scope: 'evaluators:read',
  tag,
  deprecated,
  summary: 'One evaluator with its newest definition.',
  params,
  responses: { 200: namedEvaluator },
});
export const deleteNamedEvaluator = defineOperation({
  id: 'deleteNamedEvaluator',
  method: 'DELETE',
  path: '/api/public/unstable/evaluators/{evaluatorId}',
  scope: 'evaluators:delete',
  tag,
  deprecated,
  summary: 'Deletes an evaluator with all versions and takes it off its rules; its scores stay.',
  params,
  responses: { 200: z.object({ message: z.string() }) },
});
