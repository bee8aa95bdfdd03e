import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { storableId, storableText } from '../storable-text';

const tag = 'Models';
const time = z.iso.datetime({ offset: true });

export const modelUnits = ['CHARACTERS', 'TOKENS', 'MILLISECONDS', 'SECONDS', 'IMAGES', 'REQUESTS'] as const;
export const tokenizerIds = ['openai', 'claude'] as const;

export const maxModelNameChars = 500;
export const maxMatchPatternChars = 1_000;
export const maxPricingTiers = 100;
export const maxTierNameChars = 100;
export const maxTierPriority = 999;
export const maxTierConditions = 20;
export const maxConditionPatternChars = 200;
/** Usage keys with a price, per tier. */
export const maxPrices = 200;
const maxUsageKeyChars = 200;
const maxAttributeKeyChars = 200;
const maxAttributeValues = 100;
const maxAttributeValueChars = 500;

const price = z.number().min(0);
/** US dollars per unit, by usage key. */
const prices = z
  .record(storableText(maxUsageKeyChars).min(1), price)
  .refine(
    (byKey) => Object.keys(byKey).length >= 1 && Object.keys(byKey).length <= maxPrices,
    `must hold 1 to ${maxPrices} usage keys`,
  );

const usageCondition = z.object({
  usageDetailPattern: storableText(maxConditionPatternChars).min(1),
  operator: z.enum(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']),
  value: z.number(),
  caseSensitive: z.boolean().default(false),
});
const attributeSources = ['model_parameters', 'metadata'] as const;
const attributeCondition = z.object({
  source: z.enum(attributeSources),
  key: storableText(maxAttributeKeyChars).min(1),
  operator: z.literal('in'),
  /** Compared as text. */
  values: z
    .array(z.union([storableText(maxAttributeValueChars), z.number(), z.boolean()]).transform(String))
    .min(1)
    .max(maxAttributeValues),
});

const tierInput = z.object({
  name: storableText(maxTierNameChars).min(1),
  isDefault: z.boolean(),
  priority: z.int().min(0).max(maxTierPriority),
  conditions: z.array(z.union([usageCondition, attributeCondition])).max(maxTierConditions),
  prices,
});
export type PricingTierInput = z.output<typeof tierInput>;

export const pricingTier = z
  .object({
    id: z.string(),
    name: z.string(),
    isDefault: z.boolean(),
    priority: z.int(),
    conditions: z.array(
      z.union([
        z.object({
          usageDetailPattern: z.string(),
          operator: z.enum(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']),
          value: z.number(),
          caseSensitive: z.boolean(),
        }),
        z.object({
          source: z.enum(attributeSources),
          key: z.string(),
          operator: z.literal('in'),
          values: z.array(z.string()),
        }),
      ]),
    ),
    prices: z.record(z.string(), z.number()),
  })
  .meta({ id: 'PricingTier' });

export const model = z
  .object({
    id: z.string(),
    modelName: z.string(),
    matchPattern: z.string(),
    startDate: time.nullable(),
    unit: z.enum(modelUnits).nullable(),
    inputPrice: z.number().nullable(),
    outputPrice: z.number().nullable(),
    totalPrice: z.number().nullable(),
    tokenizerId: z.string().nullable(),
    tokenizerConfig: z.unknown(),
    /** Built in: every project has it, and nobody can delete it. */
    isLangfuseManaged: z.boolean(),
    createdAt: time,
    /** Of the default tier. */
    prices: z.record(z.string(), z.object({ price: z.number() })),
    pricingTiers: z.array(pricingTier),
  })
  .meta({ id: 'Model' });
export type PublicModel = z.infer<typeof model>;

const tokenizerConfig = z.looseObject({
  /** Whose encoding counts; gpt-4's, when it is left out. */
  tokenizerModel: storableText(maxModelNameChars).min(1).optional(),
  tokensPerMessage: z.number().min(0).optional(),
  tokensPerName: z.number().min(0).optional(),
});

/** Whatever dates a client's language writes, with or without a time of day. */
const lenientTime = z
  .string()
  .max(100)
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date, as 2026-01-31 or 2026-01-31T12:00:00Z')
  .transform((text) => new Date(text))
  .refine(
    (time) => time.getUTCFullYear() >= 1900 && time.getUTCFullYear() <= 2200,
    'must lie between the years 1900 and 2200',
  );

const createModelBody = z
  .object({
    modelName: storableText(maxModelNameChars).min(1),
    matchPattern: storableText(maxMatchPatternChars).min(1),
    startDate: lenientTime.nullish(),
    unit: z.enum(modelUnits).nullish(),
    inputPrice: price.nullish(),
    outputPrice: price.nullish(),
    totalPrice: price.nullish(),
    pricingTiers: z.array(tierInput).min(1).max(maxPricingTiers).nullish(),
    tokenizerId: z.enum(tokenizerIds).nullish(),
    tokenizerConfig: tokenizerConfig.nullish(),
  })
  .superRefine((body, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const isGiven = (value: unknown) => value !== undefined && value !== null;
    const hasSides = isGiven(body.inputPrice) || isGiven(body.outputPrice);
    const hasTotal = isGiven(body.totalPrice);
    const hasTiers = isGiven(body.pricingTiers);
    if (!hasSides && !hasTotal && !hasTiers) {
      refuse('inputPrice', 'give inputPrice and outputPrice, or totalPrice, or pricingTiers');
    }
    if (hasTiers && (hasSides || hasTotal)) {
      refuse('pricingTiers', 'give either pricingTiers or flat prices, not both');
    }
    if (hasTotal && hasSides) {
      refuse('totalPrice', 'give either totalPrice or inputPrice and outputPrice, not both');
    }
  });

export const listModels = defineOperation({
  id: 'listModels',
  method: 'GET',
  path: '/api/public/models',
  scope: 'models:read',
  tag,
  summary: 'Models and their prices by name: the project’s own definitions and those built in.',
  query: z.object(pageQuery),
  responses: { 200: pageOf(model) },
});

export const createModel = defineOperation({
  id: 'createModel',
  method: 'POST',
  path: '/api/public/models',
  scope: 'models:create',
  tag,
  summary: 'Defines a model: which names it has on the wire and what it costs. Goes before those built in.',
  body: createModelBody,
  responses: { 200: model },
});

const modelParams = z.object({ id: storableId });

export const getModel = defineOperation({
  id: 'getModel',
  method: 'GET',
  path: '/api/public/models/{id}',
  scope: 'models:read',
  tag,
  summary: 'One model, of the project or built in.',
  params: modelParams,
  responses: { 200: model },
});

export const upsertModel = defineOperation({
  id: 'upsertModel',
  method: 'PUT',
  path: '/api/public/models/{id}',
  scope: 'models:create',
  tag,
  summary: 'Defines a model of the project under an id of your own, or replaces the one that has it.',
  params: modelParams,
  body: createModelBody,
  responses: { 200: model },
});

export const deleteModel = defineOperation({
  id: 'deleteModel',
  method: 'DELETE',
  path: '/api/public/models/{id}',
  scope: 'models:delete',
  tag,
  summary: 'Deletes a definition of the project; what it priced keeps its cost.',
  params: modelParams,
  responses: { 200: z.object({ message: z.string() }) },
});
