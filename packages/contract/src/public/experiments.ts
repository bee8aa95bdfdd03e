import { z } from 'zod';
import { defineOperation } from '../operation';
import { exactText, filterText, isoTime, textList, wholeNumber } from '../query-params';
import { scoreV3 } from './scores';

const tag = 'Experiments';
const time = z.iso.datetime({ offset: true });
const metadata = z.record(z.string(), z.unknown()).nullable().optional();
const meta = z.object({ cursor: z.string().optional() });
const scores = z.array(scoreV3).nullable().optional();

/** An empty parameter is none: clients that build addresses from forms send those. */
const optionalList = textList.optional().transform((names) => (names?.length ? names : undefined));
const groups = <Names extends readonly [string, ...string[]]>(names: Names, byDefault: Names[number][]) =>
  optionalList.pipe(z.array(z.enum(names)).default(byDefault));

const pageOfTime = {
  limit: wholeNumber({ min: 1, max: 100, default: 50 }),
  scoreLimit: wholeNumber({ min: 1, max: 50, default: 50 }),
  cursor: exactText.optional(),
  fromStartTime: isoTime,
  toStartTime: isoTime.optional(),
  filter: filterText.optional(),
};

export const experimentGroups = ['core', 'metadata', 'scores'] as const;

export const experiment = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    startTime: time,
    endTime: time,
    itemCount: z.int(),
    datasetId: z.string().nullable(),
    metadata,
    scores,
  })
  .meta({ id: 'Experiment' });
export type Experiment = z.infer<typeof experiment>;

export const listExperiments = defineOperation({
  id: 'listExperiments',
  method: 'GET',
  path: '/api/public/experiments',
  scope: 'experiments:read',
  tag,
  summary: 'Experiments of a time range, by their latest activity, page by cursor.',
  query: z.object({
    ...pageOfTime,
    fields: groups(experimentGroups, ['core']),
    id: optionalList,
    name: optionalList,
    datasetId: optionalList,
  }),
  responses: { 200: z.object({ data: z.array(experiment), meta }) },
});

export const experimentItemGroups = [
  'core',
  'dataset',
  'io',
  'metadata',
  'itemMetadata',
  'experimentMetadata',
  'scores',
] as const;

export const experimentItem = z
  .object({
    id: z.string(),
    traceId: z.string(),
    startTime: time,
    endTime: time.nullable(),
    level: z.enum(['DEBUG', 'DEFAULT', 'WARNING', 'ERROR']),
    environment: z.string(),
    experimentId: z.string(),
    experimentName: z.string(),
    experimentItemId: z.string(),
    experimentDatasetId: z.string().nullable().optional(),
    experimentItemVersion: time.nullable().optional(),
    input: z.string().nullable().optional(),
    output: z.string().nullable().optional(),
    expectedOutput: z.string().nullable().optional(),
    metadata,
    experimentItemMetadata: metadata,
    experimentMetadata: metadata,
    experimentDescription: z.string().nullable().optional(),
    scores,
  })
  .meta({ id: 'ExperimentItem' });
export type ExperimentItem = z.infer<typeof experimentItem>;

export const listExperimentItems = defineOperation({
  id: 'listExperimentItems',
  method: 'GET',
  path: '/api/public/experiment-items',
  scope: 'experiments:read',
  tag,
  summary: 'What experiments of a time range made of each item, newest first, page by cursor.',
  query: z.object({
    ...pageOfTime,
    fields: groups(experimentItemGroups, ['core', 'dataset']),
    experimentId: optionalList,
    experimentName: optionalList,
    experimentItemId: optionalList,
    datasetId: optionalList,
  }),
  responses: { 200: z.object({ data: z.array(experimentItem), meta }) },
});
