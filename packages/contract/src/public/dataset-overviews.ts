import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { datasetItem } from './dataset-items';
import { dataset, datasetParams, upsertDatasetBody } from './datasets';

/** The first generation, which older clients call: a dataset comes with its items and the names of its runs. */
const tag = 'Datasets';

export const upsertDatasetV1 = defineOperation({
  id: 'upsertDatasetV1',
  method: 'POST',
  path: '/api/public/datasets',
  scope: 'datasets:create',
  tag,
  deprecated: true,
  summary: 'Creates a dataset, or changes what is sent of the one of this name.',
  body: upsertDatasetBody,
  responses: { 200: dataset.extend({ items: z.tuple([]), runs: z.tuple([]) }) },
});

export const listDatasetsV1 = defineOperation({
  id: 'listDatasetsV1',
  method: 'GET',
  path: '/api/public/datasets',
  scope: 'datasets:read',
  tag,
  deprecated: true,
  summary: 'Datasets, newest first, with the ids of their active items and the names of their runs.',
  query: z.object(pageQuery),
  responses: { 200: pageOf(dataset.extend({ items: z.array(z.string()), runs: z.array(z.string()) })) },
});

export const getDatasetV1 = defineOperation({
  id: 'getDatasetV1',
  method: 'GET',
  path: '/api/public/datasets/{datasetName}',
  scope: 'datasets:read',
  tag,
  deprecated: true,
  summary: 'One dataset with all its active items and the names of its runs.',
  params: datasetParams,
  responses: { 200: dataset.extend({ items: z.array(datasetItem), runs: z.array(z.string()) }) },
});
