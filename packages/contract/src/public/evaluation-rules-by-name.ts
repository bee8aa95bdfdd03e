import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { isoTime } from '../query-params';
import { storableId } from '../storable-text';
import {
  evaluationLimits,
  evaluationName,
  evaluatorType,
  readMapping,
  ruleFilter,
  ruleFilters,
  variableMappings,
} from './evaluation-parts';

/**
 * The first generation of evaluation rules, `/api/public/unstable`: the same rules, with unique names,
 * evaluators referred to by name, and experiments as a target of their own.
 */

const target = z.enum(['observation', 'experiment']);
/** Above 0, other than in the newer generation. */
const sampling = z.number().gt(0).max(1).nullish();
const reference = z.object({ name: evaluationName, type: evaluatorType.nullish() });
const assignments = z
  .array(z.object({ evaluator: reference, mapping: variableMappings.nullish() }))
  .min(1)
  .max(evaluationLimits.assignments);

/** Either `evaluator`, with `mapping` when a model judges, or `evaluators`. */
export const defineEvaluationRuleBody = z
  .object({
    name: evaluationName,
    evaluator: reference.nullish(),
    evaluators: assignments.nullish(),
    target,
    enabled: z.boolean(),
    sampling,
    filter: ruleFilters.nullish(),
    mapping: variableMappings.nullish(),
  })
  .refine((body) => Boolean(body.evaluator) !== Boolean(body.evaluators), {
    error: 'give either evaluator or evaluators',
    path: ['evaluators'],
  })
  .refine((body) => !(body.evaluators && body.mapping), {
    error: 'with evaluators, each of them carries its mapping',
    path: ['mapping'],
  });

export const changeEvaluationRuleBody = z
  .object({
    name: evaluationName.nullish(),
    evaluator: reference.nullish(),
    evaluators: assignments.nullish(),
    target: target.nullish(),
    enabled: z.boolean().nullish(),
    sampling,
    filter: ruleFilters.nullish(),
    mapping: variableMappings.nullish(),
  })
  .refine((body) => !(body.evaluators && (body.evaluator || body.mapping)), {
    error: 'give either evaluators, or evaluator and mapping',
    path: ['evaluators'],
  });

const evaluator = z.object({ id: z.string(), name: z.string(), type: evaluatorType });
export const namedEvaluationRule = z
  .object({
    id: z.string(),
    name: z.string(),
    /** The first of `evaluators`; null when none is left. */
    evaluator: evaluator.nullable(),
    enabled: z.boolean(),
    status: z.enum(['active', 'inactive', 'paused']),
    pausedReason: z.string().nullable(),
    pausedMessage: z.string().nullable(),
    sampling: z.number(),
    createdAt: isoTime,
    updatedAt: isoTime,
    evaluators: z.array(z.object({ evaluator, mapping: z.array(readMapping).nullable() })),
    target,
    filter: z.array(ruleFilter),
    /** Of the first evaluator. */
    mapping: z.array(readMapping),
  })
  .meta({ id: 'NamedEvaluationRule' });
export type NamedEvaluationRule = z.output<typeof namedEvaluationRule>;

const tag = 'Evaluation rules';
const deprecated = true;
const params = z.object({ evaluationRuleId: storableId });
const all = '/api/public/unstable/evaluation-rules' as const;
const one = '/api/public/unstable/evaluation-rules/{evaluationRuleId}' as const;

export const defineEvaluationRule = defineOperation({
  id: 'defineEvaluationRule',
  method: 'POST',
  path: all,
  scope: 'evaluation-rules:create',
  tag,
  deprecated,
  summary: 'Creates an evaluation rule with a name that no other has.',
  body: defineEvaluationRuleBody,
  responses: { 200: namedEvaluationRule },
});
export const listNamedEvaluationRules = defineOperation({
  id: 'listNamedEvaluationRules',
  method: 'GET',
  path: all,
  scope: 'evaluation-rules:read',
  tag,
  deprecated,
  summary: 'Evaluation rules, newest first.',
  query: z.object(pageQuery),
  responses: { 200: pageOf(namedEvaluationRule) },
});
export const getNamedEvaluationRule = defineOperation({
  id: 'getNamedEvaluationRule',
  method: 'GET',
  path: one,
  scope: 'evaluation-rules:read',
  tag,
  deprecated,
  summary: 'One evaluation rule.',
  params,
  responses: { 200: namedEvaluationRule },
});
export const changeEvaluationRule = defineOperation({
  id: 'changeEvaluationRule',
  method: 'PATCH',
  path: one,
  scope: 'evaluation-rules:update',
  tag,
  deprecated,
  summary: 'Changes the fields that are given.',
  params,
  body: changeEvaluationRuleBody,
  responses: { 200: namedEvaluationRule },
});
export const deleteNamedEvaluationRule = defineOperation({
  id: 'deleteNamedEvaluationRule',
  method: 'DELETE',
  path: one,
  scope: 'evaluation-rules:delete',
  tag,
  deprecated,
  summary: 'Deletes a rule; its evaluators and scores stay.',
  params,
  responses: { 200: z.object({ message: z.string() }) },
});
