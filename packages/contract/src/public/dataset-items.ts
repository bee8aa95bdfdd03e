import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { exactText } from '../query-params';
import { storableId, storableText } from '../storable-text';
import { askedName } from './datasets';

const tag = 'Dataset items';
const time = z.iso.datetime({ offset: true });
export const datasetItemStatus = z.enum(['ACTIVE', 'ARCHIVED']);

/** A moment, as ISO 8601 or anything else the platform's date parser reads: the wire is that lenient here. */
export const asOf = z
  .string()
  .refine((value) => !Number.isNaN(Date.parse(value)), 'must be a date and time, as 2026-01-31T12:00:00Z')
  .transform((value) => new Date(value).toISOString());

/** A file that stands in a payload as a reference, with where it stands and where its bytes are. */
export const datasetItemMediaReference = z.object({
  field: z.enum(['input', 'expectedOutput', 'metadata']),
  referenceString: z.string(),
  /** `$['key'][0]`. */
  jsonPath: z.string(),
  media: z.object({
    mediaId: z.string(),
    contentType: z.string(),
    contentLength: z.int(),
    url: z.string(),
    urlExpiry: z.string(),
  }),
});
export type DatasetItemMediaReference = z.infer<typeof datasetItemMediaReference>;

export const datasetItem = z
  .object({
    id: z.string(),
    status: datasetItemStatus,
    input: z.unknown(),
    expectedOutput: z.unknown(),
    metadata: z.unknown(),
    sourceTraceId: z.string().nullable(),
    sourceObservationId: z.string().nullable(),
    datasetId: z.string(),
    datasetName: z.string(),
    createdAt: time,
    updatedAt: time,
    mediaReferences: z.array(datasetItemMediaReference),
  })
  .meta({ id: 'DatasetItem' });
export type DatasetItem = z.infer<typeof datasetItem>;

/** Payloads go through the rules of the module: control characters are taken out, not refused. */
export const upsertDatasetItemBody = z.object({
  datasetName: askedName,
  input: z.unknown().optional(),
  expectedOutput: z.unknown().optional(),
  metadata: z.unknown().optional(),
  sourceTraceId: storableId.nullish(),
  sourceObservationId: storableId.nullish(),
  id: storableText(255).min(1).nullish(),
  status: datasetItemStatus.nullish(),
});

export const upsertDatasetItem = defineOperation({
  id: 'upsertDatasetItem',
  method: 'POST',
  path: '/api/public/dataset-items',
  scope: 'datasets:create',
  tag,
  summary: 'Creates an item, or a new version of the one with this id.',
  body: upsertDatasetItemBody,
  rawBody: ['application/json'],
  responses: { 200: datasetItem },
});

export const listDatasetItems = defineOperation({
  id: 'listDatasetItems',
  method: 'GET',
  path: '/api/public/dataset-items',
  scope: 'datasets:read',
  tag,
  summary: 'Active items, newest first; with version, as they were at that moment.',
  query: z
    .object({
      ...pageQuery,
      datasetName: askedName.optional(),
      sourceTraceId: exactText.optional(),
      sourceObservationId: exactText.optional(),
      version: asOf.optional(),
    })
    .refine(({ version, datasetName }) => version === undefined || datasetName !== undefined, {
      path: ['version'],
      message: 'version needs datasetName beside it',
    }),
  responses: { 200: pageOf(datasetItem) },
});

const itemParams = z.object({ datasetItemId: storableId });

export const getDatasetItem = defineOperation({
  id: 'getDatasetItem',
  method: 'GET',
  path: '/api/public/dataset-items/{datasetItemId}',
  scope: 'datasets:read',
  tag,
  summary: 'One item, archived or not.',
  params: itemParams,
  responses: { 200: datasetItem },
});

export const deleteDatasetItem = defineOperation({
  id: 'deleteDatasetItem',
  method: 'DELETE',
  path: '/api/public/dataset-items/{datasetItemId}',
  scope: 'datasets:delete',
  tag,
  summary: 'Deletes an item and what runs made of it. Reads as of an earlier moment still show it.',
  params: itemParams,
  responses: { 200: z.object({ message: z.string() }) },
});
