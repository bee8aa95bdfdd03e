import { z } from 'zod';
import { defineOperation } from '../operation';
import { maxModelNameChars, model } from '../public/models';
import { isoTime } from '../query-params';
import { storableText } from '../storable-text';

/** Why a definition prices an observation, or does not. */
export const matchVerdicts = [
  /** This one counts. */
  'chosen',
  /** Its pattern finds the name, but it starts after the observation. */
  'starts-later',
  /** Its pattern finds the name, but another of the project's has a newer start. */
  'older-start',
  /** It is built in, and the project has one of its own. */
  'own-goes-first',
] as const;

export const matchModelName = defineOperation({
  id: 'matchModelName',
  method: 'GET',
  path: '/api/v1/projects/{projectId}/model-match',
  scope: 'models:read',
  tag: 'Models',
  summary: 'Which definition a model’s name meets, and why.',
  params: z.object({ projectId: z.string().min(1) }),
  query: z.object({
    /** Exactly as observations carry it. */
    modelName: storableText(maxModelNameChars).min(1),
    /** Of the observation; now, when it is left out. */
    startTime: isoTime.optional(),
  }),
  responses: {
    200: z.object({
      modelName: z.string(),
      startTime: z.iso.datetime({ offset: true }),
      /** The definition that counts; null when none does. */
      model: model.nullable(),
      /** In a sentence. */
      reason: z.string(),
      /** All that find the name, in the order in which they are looked at. */
      candidates: z.array(
        z.object({
          id: z.string(),
          modelName: z.string(),
          matchPattern: z.string(),
          startDate: z.iso.datetime({ offset: true }).nullable(),
          isBuiltIn: z.boolean(),
          verdict: z.enum(matchVerdicts),
        }),
      ),
    }),
  },
});
