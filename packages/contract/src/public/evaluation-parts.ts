import { z } from 'zod';
import { storableText } from '../storable-text';

/** The parts that evaluators and evaluation rules of both generations are made of. */

export const evaluatorTypes = ['llm_as_judge', 'code'] as const;
export const evaluatorType = z.enum(evaluatorTypes);
export const sourceCodeLanguage = z.enum(['PYTHON', 'TYPESCRIPT']);

export const evaluationLimits = {
  nameLength: 200,
  descriptionLength: 2_000,
  /** Characters of all messages of a prompt, and of a code evaluator. */
  promptLength: 100_000,
  sourceCodeLength: 200_000,
  messages: 50,
  instructionsLength: 5_000,
  categories: 100,
  mappings: 100,
  filters: 100,
  assignments: 50,
};
const { nameLength, promptLength, instructionsLength } = evaluationLimits;

export const evaluationName = storableText(nameLength).trim().min(1);
export const sourceCode = storableText(evaluationLimits.sourceCodeLength).min(1);

/** Which model judges; null stands for the project's default evaluation model. */
export const evaluatorModel = z.object({
  provider: storableText(200).min(1),
  model: storableText(200).min(1),
});

/** A judge's prompt as text: one message of the user. */
export const promptText = storableText(promptLength).min(1);
export const chatMessage = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: storableText(promptLength),
});
export const chatPrompt = z
  .array(chatMessage)
  .min(1)
  .max(evaluationLimits.messages)
  .refine(
    (messages) => messages.slice(1).every(({ role }) => role !== 'system'),
    'a system message may only be the first',
  )
  .refine(
    (messages) => messages.reduce((sum, { content }) => sum + content.length, 0) <= promptLength,
    `the messages together may have ${promptLength} characters`,
  );

export const mappingSources = [
  'input',
  'output',
  'metadata',
  'tool_calls',
  'expected_output',
  'experiment_item_metadata',
] as const;
/** Fills one variable of a prompt from a part of the observation. */
export const variableMapping = z.object({
  variable: storableText(nameLength).min(1),
  source: z.enum(mappingSources),
  jsonPath: storableText(500).nullish(),
});
export const variableMappings = z.array(variableMapping).max(evaluationLimits.mappings);
/** As read: `source` is null where a mapping is incomplete. */
export const readMapping = z.object({
  variable: z.string(),
  source: z.enum(mappingSources).nullable(),
  jsonPath: z.string().optional(),
});

const scoreBounds = {
  minValue: z.number().nullish(),
  maxValue: z.number().nullish(),
};
export const scoreCategories = z
  .array(storableText(nameLength).min(1))
  .min(2)
  .max(evaluationLimits.categories)
  .refine((categories) => new Set(categories).size === categories.length, 'categories must differ');

const inOrder = (score: { minValue?: number | null | undefined; maxValue?: number | null | undefined }) =>
  score.minValue == null || score.maxValue == null || score.minValue <= score.maxValue;
const notInOrder = 'minValue must not be above maxValue';

const instructions = {
  scoreReasoningInstructions: storableText(instructionsLength).nullish(),
  scoreValueInstructions: storableText(instructionsLength).nullish(),
};
/** What a judge gives back, flat, as the newer generation has it. */
export const outputDefinition = z.discriminatedUnion('dataType', [
  z
    .object({ dataType: z.literal('NUMERIC'), ...instructions, ...scoreBounds })
    .refine(inOrder, { error: notInOrder, path: ['minValue'] }),
  z.object({ dataType: z.literal('BOOLEAN'), ...instructions }),
  z.object({
    dataType: z.literal('CATEGORICAL'),
    ...instructions,
    categories: scoreCategories,
    shouldAllowMultipleMatches: z.boolean(),
  }),
]);

const described = z.object({ description: storableText(instructionsLength) });
/** The same, nested, as the first generation has it. */
export const nestedOutputDefinition = z.discriminatedUnion('dataType', [
  z.object({
    dataType: z.literal('NUMERIC'),
    reasoning: described,
    score: described.extend(scoreBounds).refine(inOrder, { error: notInOrder, path: ['minValue'] }),
  }),
  z.object({ dataType: z.literal('BOOLEAN'), reasoning: described, score: described }),
  z.object({
    dataType: z.literal('CATEGORICAL'),
    reasoning: described,
    score: described.extend({ categories: scoreCategories, shouldAllowMultipleMatches: z.boolean() }),
  }),
]);

const column = storableText(100).min(1);
const key = storableText(nameLength).min(1);
const text = storableText(2_000);
const texts = z.array(text).max(500);
const comparing = z.enum(['=', '>', '<', '>=', '<=']);
const matching = z.enum(['=', 'contains', 'does not contain', 'starts with', 'ends with']);
const choosing = z.enum(['any of', 'none of']);
const choosingAll = z.enum(['any of', 'none of', 'all of']);

/** One condition of a rule; which type a column takes, the rule's own check says. */
export const ruleFilter = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('datetime'),
    column,
    operator: comparing,
    value: z.iso.datetime({ offset: true }),
  }),
  z.object({ type: z.literal('string'), column, operator: matching, value: text }),
  z.object({ type: z.literal('number'), column, operator: comparing, value: z.number() }),
  z.object({ type: z.literal('stringOptions'), column, operator: choosing, value: texts.min(1) }),
  z.object({ type: z.literal('categoryOptions'), column, key, operator: choosing, value: texts }),
  z.object({ type: z.literal('arrayOptions'), column, operator: choosingAll, value: texts }),
  z.object({ type: z.literal('stringObject'), column, key, operator: matching, value: text }),
  z.object({ type: z.literal('numberObject'), column, key, operator: comparing, value: z.number() }),
  z.object({ type: z.literal('boolean'), column, operator: z.enum(['=', '<>']), value: z.boolean() }),
  z.object({
    type: z.literal('null'),
    column,
    operator: z.enum(['is null', 'is not null']),
    value: z.literal('').nullish(),
  }),
]);
export type RuleFilter = z.output<typeof ruleFilter>;
export const ruleFilters = z.array(ruleFilter).max(evaluationLimits.filters);
