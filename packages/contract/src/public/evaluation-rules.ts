import { z } from 'zod';
import { defineOperation } from '../operation';
import { isoTime } from '../query-params';
import { storableId } from '../storable-text';
import {
  evaluationLimits,
  evaluationName,
  readMapping,
  ruleFilters,
  variableMappings,
} from './evaluation-parts';
import { cursorPage, cursorQuery } from './evaluators';

/** Evaluation rules, `/api/public/v2`: which observations are judged, and by which evaluators. */

const assignments = z
  .array(
    z.object({
      evaluatorId: storableId,
      /** Null: the mapping of the evaluator's newest version. */
      variableMapping: variableMappings.nullish(),
    }),
  )
  .max(evaluationLimits.assignments)
  .refine(
    (items) => new Set(items.map(({ evaluatorId }) => evaluatorId)).size === items.length,
    'an evaluator may stand in a rule once',
  );
const sampling = z.number().min(0).max(1);

export const createEvaluationRuleBody = z.object({
  name: evaluationName,
  enabled: z.boolean(),
  sampling: sampling.optional(),
  filter: ruleFilters.optional(),
  evaluatorAssignments: assignments,
});
export const updateEvaluationRuleBody = z
  .object({
    name: evaluationName.optional(),
    enabled: z.boolean().optional(),
    sampling: sampling.optional(),
    filter: ruleFilters.optional(),
    evaluatorAssignments: assignments.optional(),
  })
  .refine(
    (body) => Object.values(body).some((value) => value !== undefined),
    'give at least one field to change',
  );

export const evaluationRule = z
  .object({
    id: z.string(),
    name: z.string(),
    createdBy: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    enabled: z.boolean(),
    sampling: z.number(),
    filter: z.array(
      z.object({
        type: z.string(),
        column: z.string(),
        operator: z.string(),
        key: z.string().optional(),
        value: z.unknown(),
      }),
    ),
    evaluatorAssignments: z.array(
      z.object({ evaluatorId: z.string(), variableMapping: z.array(readMapping).nullable() }),
    ),
    createdAt: isoTime,
    updatedAt: isoTime,
  })
  .meta({ id: 'EvaluationRule' });
export type EvaluationRule = z.output<typeof evaluationRule>;

const tag = 'Evaluation rules';
const params = z.object({ evaluationRuleId: storableId });
const one = '/api/public/v2/evaluation-rules/{evaluationRuleId}' as const;

export const createEvaluationRule = defineOperation({
  id: 'createEvaluationRule',
  method: 'POST',
  path: '/api/public/v2/evaluation-rules',
  scope: 'evaluation-rules:create',
  tag,
  summary: 'Says which observations are judged, and by which evaluators.',
  body: createEvaluationRuleBody,
  responses: { 200: evaluationRule },
});
export const listEvaluationRules = defineOperation({
  id: 'listEvaluationRules',
  method: 'GET',
  path: '/api/public/v2/evaluation-rules',
  scope: 'evaluation-rules:read',
  tag,
  summary: 'Evaluation rules, newest first, page by cursor.',
  query: cursorQuery,
  responses: { 200: cursorPage(evaluationRule) },
});
export const getEvaluationRule = defineOperation({
  id: 'getEvaluationRule',
  method: 'GET',
  path: one,
  scope: 'evaluation-rules:read',
  tag,
  summary: 'One evaluation rule.',
  params,
  responses: { 200: evaluationRule },
});
export const updateEvaluationRule = defineOperation({
  id: 'updateEvaluationRule',
  method: 'PATCH',
  path: one,
  scope: 'evaluation-rules:update',
  tag,
  summary: 'Changes the fields that are given; no evaluators left means disabled.',
  params,
  body: updateEvaluationRuleBody,
  responses: { 200: evaluationRule },
});
export const deleteEvaluationRule = defineOperation({
  id: 'deleteEvaluationRule',
  method: 'DELETE',
  path: one,
  scope: 'evaluation-rules:delete',
  tag,
  summary: 'Deletes a rule; its evaluators and scores stay.',
  params,
  responses: { 200: z.object({ id: z.string() }) },
});
