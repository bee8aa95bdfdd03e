import { scoreConfigDataTypes } from '@tracewell/domain';
import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { storableId, storableText } from '../storable-text';

const tag = 'Score configs';
const time = z.iso.datetime({ offset: true });

/** Longest name, and most categories of one config. */
export const maxScoreConfigNameChars = 35;
export const maxScoreCategories = 1_000;
const maxLabelChars = 500;
const maxDescriptionChars = 10_000;

const name = storableText(maxScoreConfigNameChars)
  .min(1)
  .regex(/^[\p{L}\p{N}_ .()-]+$/u, 'may hold letters, digits, spaces and _ . ( ) -');
const category = z.object({ label: storableText(maxLabelChars).min(1), value: z.number() });
const categories = z.array(category).max(maxScoreCategories);
const description = storableText(maxDescriptionChars);

export const scoreConfig = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: time,
    updatedAt: time,
    projectId: z.string(),
    dataType: z.enum(scoreConfigDataTypes),
    isArchived: z.boolean(),
    minValue: z.number().nullable(),
    maxValue: z.number().nullable(),
    categories: z.array(z.object({ label: z.string(), value: z.number() })).nullable(),
    description: z.string().nullable(),
  })
  .meta({ id: 'ScoreConfig' });
export type PublicScoreConfig = z.infer<typeof scoreConfig>;

const configParams = z.object({ configId: storableId });

export const listScoreConfigs = defineOperation({
  id: 'listScoreConfigs',
  method: 'GET',
  path: '/api/public/score-configs',
  scope: 'score-configs:read',
  tag,
  summary: 'What scores of this project may be, newest first; archived ones are among them.',
  query: z.object(pageQuery),
  responses: { 200: pageOf(scoreConfig) },
});

export const createScoreConfig = defineOperation({
  id: 'createScoreConfig',
  method: 'POST',
  path: '/api/public/score-configs',
  scope: 'score-configs:create',
  tag,
  summary: 'Says what scores of a name may be: a range, categories, true or false, or text.',
  body: z.object({
    name,
    dataType: z.enum(scoreConfigDataTypes),
    categories: categories.nullish(),
    minValue: z.number().nullish(),
    maxValue: z.number().nullish(),
    description: description.nullish(),
  }),
  responses: { 200: scoreConfig },
});

export const getScoreConfig = defineOperation({
  id: 'getScoreConfig',
  method: 'GET',
  path: '/api/public/score-configs/{configId}',
  scope: 'score-configs:read',
  tag,
  summary: 'One score config.',
  params: configParams,
  responses: { 200: scoreConfig },
});

export const updateScoreConfig = defineOperation({
  id: 'updateScoreConfig',
  method: 'PATCH',
  path: '/api/public/score-configs/{configId}',
  scope: 'score-configs:update',
  tag,
  summary: 'Changes or archives a score config; scores that were given with it stay as they are.',
  params: configParams,
  body: z
    .object({
      isArchived: z.boolean().nullish(),
      name: name.nullish(),
      categories: categories.nullish(),
      minValue: z.number().nullish(),
      maxValue: z.number().nullish(),
      description: description.nullish(),
    })
    .refine(
      (body) => Object.values(body).some((value) => value !== undefined),
      'must hold at least one of isArchived, name, categories, minValue, maxValue, description',
    ),
  responses: { 200: scoreConfig },
});
