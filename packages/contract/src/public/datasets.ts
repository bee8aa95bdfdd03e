import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { storableText } from '../storable-text';

const tag = 'Datasets';
const time = z.iso.datetime({ offset: true });

/** Characters; a slash makes folders of a name. */
const maxDatasetNameChars = 1_000;
const maxDescriptionChars = 20_000;
/** Characters of one JSON Schema as text. */
const maxSchemaChars = 100_000;

/** A name in a path or query: whatever was asked for, it is looked up as it is. */
export const askedName = storableText(4 * maxDatasetNameChars).min(1);

const datasetName = storableText(maxDatasetNameChars)
  .transform((name) => name.trim())
  .superRefine((name, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (name === '') refuse('must not be empty');
    if (/<[^>]*>/.test(name)) refuse('must not hold HTML: leave out what stands in angle brackets');
    if (name.startsWith('/') || name.endsWith('/') || name.includes('//')) {
      refuse('must have a name on both sides of every slash, as in folder/name');
    }
  });

const jsonSchema = z
  .record(z.string(), z.unknown(), 'must be a JSON Schema: an object')
  .refine(
    (schema) => JSON.stringify(schema).length <= maxSchemaChars,
    `must not be longer than ${maxSchemaChars} characters`,
  );

export const dataset = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    metadata: z.unknown(),
    inputSchema: z.unknown(),
    expectedOutputSchema: z.unknown(),
    projectId: z.string(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Dataset' });
export type Dataset = z.infer<typeof dataset>;

export const upsertDatasetBody = z.object({
  name: datasetName,
  description: storableText(maxDescriptionChars).nullish(),
  metadata: z.unknown().optional(),
  inputSchema: jsonSchema.nullish(),
  expectedOutputSchema: jsonSchema.nullish(),
});

export const datasetParams = z.object({ datasetName: askedName });

export const upsertDataset = defineOperation({
  id: 'upsertDataset',
  method: 'POST',
  path: '/api/public/v2/datasets',
  scope: 'datasets:create',
  tag,
  summary: 'Creates a dataset, or changes what is sent, and not null, of the one of this name.',
  body: upsertDatasetBody,
  responses: { 200: dataset },
});

export const listDatasets = defineOperation({
  id: 'listDatasets',
  method: 'GET',
  path: '/api/public/v2/datasets',
  scope: 'datasets:read',
  tag,
  summary: 'Datasets, newest first.',
  query: z.object(pageQuery),
  responses: { 200: pageOf(dataset) },
});

export const getDataset = defineOperation({
  id: 'getDataset',
  method: 'GET',
  path: '/api/public/v2/datasets/{datasetName}',
  scope: 'datasets:read',
  tag,
  summary: 'One dataset by its name, URL-encoded.',
  params: datasetParams,
  responses: { 200: dataset },
});
