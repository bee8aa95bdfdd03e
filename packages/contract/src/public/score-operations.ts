import { scoreDataTypes, scoreSources } from '@tracewell/domain';
import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { exactText, filterText, isoTime, textList, wholeNumber } from '../query-params';
import { scoreV1, scoreV1WithTrace, scoreV2, scoreV2WithTrace, scoreV3 } from './scores';

const tag = 'Scores';
const scoreParams = z.object({ scoreId: z.string().min(1).max(800) });

/** `POST /api/public/scores`; the write side checks it, with what depends on the data type. */
export const createScoreBody = z.looseObject({
  id: z.string().max(800).nullish(),
  name: z.string().min(1),
  value: z.union([z.number(), z.string()]),
  dataType: z.enum(scoreDataTypes).nullish(),
  configId: z.string().nullish(),
  traceId: z.string().nullish(),
  observationId: z.string().nullish(),
  sessionId: z.string().nullish(),
  datasetRunId: z.string().nullish(),
  comment: z.string().nullish(),
  metadata: z.unknown().optional(),
  environment: z.string().nullish(),
  queueId: z.string().nullish(),
  source: z.enum(['API', 'ANNOTATION']).nullish(),
});

export const createScore = defineOperation({
  id: 'createScore',
  method: 'POST',
  path: '/api/public/scores',
  scope: 'scores:ingest',
  tag,
  summary: 'Judges a trace, an observation, a session or a dataset run.',
  body: createScoreBody,
  rawBody: ['application/json'],
  responses: { 200: z.object({ id: z.string() }) },
});

export const deleteScore = defineOperation({
  id: 'deleteScore',
  method: 'DELETE',
  path: '/api/public/scores/{scoreId}',
  scope: 'scores:delete',
  tag,
  summary: 'Deletes a score of any kind.',
  params: scoreParams,
  responses: { 202: z.object({ message: z.string() }) },
});

const listOfFirst = {
  ...pageQuery,
  userId: exactText.optional(),
  name: exactText.optional(),
  configId: exactText.optional(),
  queueId: exactText.optional(),
  dataType: z.enum(scoreDataTypes).optional(),
  source: z.enum(scoreSources).optional(),
  environment: textList.optional(),
  traceTags: textList.optional(),
  fromTimestamp: isoTime.optional(),
  toTimestamp: isoTime.optional(),
  value: z.coerce.number().optional(),
  operator: z.enum(['<', '>', '<=', '>=', '!=', '=']).optional(),
  scoreIds: textList.optional(),
  filter: filterText.optional(),
};

export const listScoresV1 = defineOperation({
  id: 'listScoresV1',
  method: 'GET',
  path: '/api/public/scores',
  scope: 'scores:read',
  tag,
  deprecated: true,
  summary: 'Scores of traces and observations, newest first.',
  query: z.object(listOfFirst),
  responses: { 200: pageOf(scoreV1WithTrace) },
});
export const getScoreV1 = defineOperation({
  id: 'getScoreV1',
  method: 'GET',
  path: '/api/public/scores/{scoreId}',
  scope: 'scores:read',
  tag,
  deprecated: true,
  summary: 'One score of a trace or observation.',
  params: scoreParams,
  responses: { 200: scoreV1 },
});

const groupsOfSecond = ['score', 'trace'] as const;
export const listScoresV2 = defineOperation({
  id: 'listScoresV2',
  method: 'GET',
  path: '/api/public/v2/scores',
  scope: 'scores:read',
  tag,
  deprecated: true,
  summary: 'Scores of anything, newest first.',
  query: z
    .object({
      ...listOfFirst,
      traceId: exactText.optional(),
      sessionId: exactText.optional(),
      datasetRunId: exactText.optional(),
      observationId: textList.optional(),
      fields: textList
        .optional()
        .transform((names) =>
          names && names.length > 0
            ? groupsOfSecond.filter((group) => names.includes(group))
            : [...groupsOfSecond],
        ),
    })
    .superRefine((query, context) => {
      const refuse = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message });
      if (!query.fields.includes('score')) refuse('fields', 'fields must contain score; trace may be added');
      if (query.fields.includes('trace')) return;
      if (query.userId)
        refuse('userId', 'userId filters by the trace: add trace to fields or leave userId out');
      if (query.traceTags?.length) {
        refuse('traceTags', 'traceTags filters by the trace: add trace to fields or leave traceTags out');
      }
    }),
  responses: { 200: pageOf(scoreV2WithTrace) },
});
export const getScoreV2 = defineOperation({
  id: 'getScoreV2',
  method: 'GET',
  path: '/api/public/v2/scores/{scoreId}',
  scope: 'scores:read',
  tag,
  deprecated: true,
  summary: 'One score of anything.',
  params: scoreParams,
  responses: { 200: scoreV2 },
});

const oneOf = <Values extends readonly [string, ...string[]]>(values: Values) =>
  textList.pipe(z.array(z.enum(values)));
const upperCaseList = textList.transform((items) => items.map((item) => item.toUpperCase()));
/** Anything the platform's date parser reads, unlike elsewhere: v3 is that lenient on the wire. */
const lenientTime = z
  .string()
  .refine((value) => !Number.isNaN(Date.parse(value)), 'must be a date and time, as 2026-01-31T12:00:00Z')
  .transform((value) => new Date(value).toISOString());

export const scoreGroupsV3 = ['core', 'details', 'annotation', 'subject'] as const;
const byValue = ['NUMERIC', 'BOOLEAN', 'CATEGORICAL'];

export const listScoresV3 = defineOperation({
  id: 'listScoresV3',
  method: 'GET',
  path: '/api/public/v3/scores',
  scope: 'scores:read',
  tag,
  summary: 'Scores of anything, newest first, page by cursor.',
  query: z
    .strictObject({
      limit: wholeNumber({ min: 1, max: 100, default: 50 }),
      cursor: exactText.optional(),
      fields: oneOf(scoreGroupsV3).optional(),
      id: textList.optional(),
      name: textList.optional(),
      source: upperCaseList.pipe(z.array(z.enum(scoreSources))).optional(),
      dataType: upperCaseList.pipe(z.array(z.enum(scoreDataTypes))).optional(),
      environment: textList.optional(),
      configId: textList.optional(),
      queueId: textList.optional(),
      authorUserId: textList.optional(),
      value: textList.optional(),
      valueMin: z.coerce.number().optional(),
      valueMax: z.coerce.number().optional(),
      traceId: textList.optional(),
      sessionId: textList.optional(),
      observationId: textList.optional(),
      experimentId: textList.optional(),
      fromTimestamp: lenientTime.optional(),
      toTimestamp: lenientTime.optional(),
    })
    .superRefine((query, context) => {
      const refuse = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message });
      const type = query.dataType?.length === 1 ? query.dataType[0] : undefined;
      if (query.value) {
        if (!type || !byValue.includes(type)) {
          refuse('value', 'value needs exactly one dataType: NUMERIC, BOOLEAN or CATEGORICAL');
        }
        if (type === 'NUMERIC' && query.value.some((value) => !Number.isFinite(Number(value)))) {
          refuse('value', 'value must be finite numbers when dataType is NUMERIC');
        }
        if (type === 'BOOLEAN' && query.value.some((value) => value !== 'true' && value !== 'false')) {
          refuse('value', 'value must be true or false when dataType is BOOLEAN');
        }
      }
      if ((query.valueMin !== undefined || query.valueMax !== undefined) && type !== 'NUMERIC') {
        refuse('valueMin', 'valueMin and valueMax need dataType=NUMERIC');
      }
      if (query.observationId && !query.traceId) {
        refuse('observationId', 'observationId needs traceId beside it');
      }
      const targets = [query.traceId, query.sessionId, query.experimentId].filter(Boolean);
      if (targets.length > 1) {
        refuse('traceId', 'give at most one of traceId, sessionId and experimentId');
      }
    }),
  responses: {
    200: z.object({
      data: z.array(scoreV3),
      meta: z.object({ limit: z.int(), cursor: z.string().optional() }),
    }),
  },
});
