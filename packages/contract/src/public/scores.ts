import { scoreSources } from '@tracewell/domain';
import { z } from 'zod';

/** Scores as the three generations of readers know them. */
const time = z.iso.datetime({ offset: true });
const source = z.enum(scoreSources);

const baseOfFirst = {
  id: z.string(),
  projectId: z.string(),
  timestamp: time,
  createdAt: time,
  updatedAt: time,
  environment: z.string(),
  name: z.string(),
  source,
  authorUserId: z.string().nullable(),
  comment: z.string().nullable(),
  metadata: z.unknown(),
  configId: z.string().nullable(),
  queueId: z.string().nullable(),
  executionTraceId: z.string().nullable(),
  observationId: z.string().nullable(),
};
const numeric = { dataType: z.literal('NUMERIC'), value: z.number() };
const boolean = { dataType: z.literal('BOOLEAN'), value: z.number(), stringValue: z.string() };
const categorical = { dataType: z.literal('CATEGORICAL'), value: z.number(), stringValue: z.string() };
const text = { dataType: z.literal('TEXT'), stringValue: z.string() };
const correction = { dataType: z.literal('CORRECTION'), value: z.literal(0), stringValue: z.string() };

const variantsOfFirst = <Extra extends z.ZodRawShape>(extra: Extra) => {
  const base = z.object({ ...baseOfFirst, traceId: z.string(), ...extra });
  return z.discriminatedUnion('dataType', [
    base.extend(numeric),
    base.extend(boolean),
    base.extend(categorical),
    base.extend(text),
  ]);
};
const variantsOfSecond = <Extra extends z.ZodRawShape>(extra: Extra) => {
  const base = z.object({
    ...baseOfFirst,
    traceId: z.string().nullable(),
    sessionId: z.string().nullable(),
    datasetRunId: z.string().nullable(),
    ...extra,
  });
  return z.discriminatedUnion('dataType', [
    base.extend(numeric),
    base.extend(boolean),
    base.extend(categorical),
    base.extend(text),
    base.extend(correction),
  ]);
};

/** v1: scores of traces and their observations. */
export const scoreV1 = variantsOfFirst({}).meta({ id: 'ScoreV1' });
export type ScoreV1 = z.infer<typeof scoreV1>;
export const scoreV1WithTrace = variantsOfFirst({
  trace: z
    .object({ userId: z.string().nullable(), tags: z.array(z.string()), environment: z.string().nullable() })
    .nullable(),
});

/** v2: scores of anything. */
export const scoreV2 = variantsOfSecond({}).meta({ id: 'ScoreV2' });
export type ScoreV2 = z.infer<typeof scoreV2>;
export const scoreV2WithTrace = variantsOfSecond({
  trace: z
    .object({
      userId: z.string().nullable(),
      tags: z.array(z.string()),
      environment: z.string().nullable(),
      sessionId: z.string().nullable(),
    })
    .nullable()
    .optional(),
});

/** v3: one value, typed by the data type; groups of fields on request. */
const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trace'), id: z.string() }),
  z.object({ kind: z.literal('observation'), id: z.string(), traceId: z.string().nullable() }),
  z.object({ kind: z.literal('session'), id: z.string() }),
  z.object({ kind: z.literal('experiment'), id: z.string() }),
]);
const baseOfThird = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  source,
  timestamp: time,
  environment: z.string(),
  createdAt: time,
  updatedAt: time,
  comment: z.string().nullable().optional(),
  configId: z.string().nullable().optional(),
  metadata: z.record(z.string(), z.unknown()).nullable().optional(),
  authorUserId: z.string().nullable().optional(),
  queueId: z.string().nullable().optional(),
  subject: subject.nullable().optional(),
});
export const scoreV3 = z
  .discriminatedUnion('dataType', [
    baseOfThird.extend({ dataType: z.literal('NUMERIC'), value: z.number() }),
    baseOfThird.extend({ dataType: z.literal('BOOLEAN'), value: z.boolean() }),
    baseOfThird.extend({ dataType: z.literal('CATEGORICAL'), value: z.string() }),
    baseOfThird.extend({ dataType: z.literal('TEXT'), value: z.string() }),
    baseOfThird.extend({ dataType: z.literal('CORRECTION'), value: z.string() }),
  ])
  .meta({ id: 'ScoreV3' });
export type ScoreV3 = z.infer<typeof scoreV3>;
