import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { storableId, storableText } from '../storable-text';
import { asOf } from './dataset-items';
import { askedName, datasetParams } from './datasets';

const tag = 'Dataset runs';
const time = z.iso.datetime({ offset: true });
const maxRunNameChars = 1_000;
const maxDescriptionChars = 20_000;

export const datasetRun = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    metadata: z.unknown(),
    datasetId: z.string(),
    datasetName: z.string(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'DatasetRun' });
export type DatasetRun = z.infer<typeof datasetRun>;

export const datasetRunItem = z
  .object({
    id: z.string(),
    datasetRunId: z.string(),
    datasetRunName: z.string(),
    datasetItemId: z.string(),
    traceId: z.string(),
    observationId: z.string().nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'DatasetRunItem' });
export type DatasetRunItem = z.infer<typeof datasetRunItem>;

export const datasetRunWithItems = datasetRun
  .extend({ datasetRunItems: z.array(datasetRunItem) })
  .meta({ id: 'DatasetRunWithItems' });

export const createDatasetRunItemBody = z
  .strictObject({
    runName: storableText(maxRunNameChars).min(1),
    runDescription: storableText(maxDescriptionChars).nullish(),
    metadata: z.unknown().optional(),
    datasetItemId: storableId,
    observationId: storableId.nullish(),
    traceId: storableId.nullish(),
    datasetVersion: asOf.nullish(),
    createdAt: time.nullish(),
  })
  .refine(({ traceId, observationId }) => Boolean(traceId || observationId), {
    path: ['traceId'],
    message: 'give traceId, observationId or both: a run item is what was made of the dataset item',
  });

export const createDatasetRunItem = defineOperation({
  id: 'createDatasetRunItem',
  method: 'POST',
  path: '/api/public/dataset-run-items',
  scope: 'datasets:create',
  tag,
  deprecated: true,
  summary: 'Links a trace to a dataset item under the name of a run, which the first link creates.',
  body: createDatasetRunItemBody,
  responses: { 200: datasetRunItem },
});

export const listDatasetRunItems = defineOperation({
  id: 'listDatasetRunItems',
  method: 'GET',
  path: '/api/public/dataset-run-items',
  scope: 'datasets:read',
  tag,
  deprecated: true,
  summary: 'Items of one run, newest first.',
  query: z.object({ ...pageQuery, datasetId: storableId, runName: askedName }),
  responses: { 200: pageOf(datasetRunItem) },
});

export const listDatasetRuns = defineOperation({
  id: 'listDatasetRuns',
  method: 'GET',
  path: '/api/public/datasets/{datasetName}/runs',
  scope: 'datasets:read',
  tag,
  deprecated: true,
  summary: 'Runs of a dataset, newest first.',
  params: datasetParams,
  query: z.object(pageQuery),
  responses: { 200: pageOf(datasetRun) },
});

const runParams = datasetParams.extend({ runName: askedName });

export const getDatasetRun = defineOperation({
  id: 'getDatasetRun',
  method: 'GET',
  path: '/api/public/datasets/{datasetName}/runs/{runName}',
  scope: 'datasets:read',
  tag,
  deprecated: true,
  summary: 'One run with all its items.',
  params: runParams,
  responses: { 200: datasetRunWithItems },
});

export const deleteDatasetRun = defineOperation({
  id: 'deleteDatasetRun',
  method: 'DELETE',
  path: '/api/public/datasets/{datasetName}/runs/{runName}',
  scope: 'datasets:delete',
  tag,
  deprecated: true,
  summary: 'Deletes a run. Its traces and their scores stay.',
  params: runParams,
  responses: { 200: z.object({ message: z.string() }) },
});
