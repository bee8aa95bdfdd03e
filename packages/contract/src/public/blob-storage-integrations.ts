import { z } from 'zod';
import { defineOperation } from '../operation';
import { isoTime } from '../query-params';

const tag = 'Blob storage integrations';

export const blobStorageTypes = ['S3', 'S3_COMPATIBLE', 'AZURE_BLOB_STORAGE'] as const;
export const blobStorageFileTypes = ['JSON', 'CSV', 'JSONL', 'PARQUET'] as const;
export const blobStorageExportModes = ['FULL_HISTORY', 'FROM_TODAY', 'FROM_CUSTOM_DATE'] as const;
export const blobStorageExportFrequencies = ['every_20_minutes', 'hourly', 'daily', 'weekly'] as const;
export const blobStorageExportSources = [
  'LEGACY_TRACES_OBSERVATIONS',
  'OBSERVATIONS_V2',
  'LEGACY_TRACES_AND_ENRICHED_OBSERVATIONS',
] as const;
export const blobStorageFieldGroups = [
  'core',
  'basic',
  'time',
  'io',
  'metadata',
  'model',
  'usage',
  'prompt',
  'metrics',
  'tools',
  'trace_context',
] as const;
export const blobStorageSyncStatuses = [
  'idle',
  'running',
  'queued',
  'up_to_date',
  'disabled',
  'error',
] as const;

const time = isoTime.nullable();
const progress = { nextSyncAt: time, lastSyncAt: time, lastError: z.string().nullable(), lastErrorAt: time };

export const blobStorageIntegration = z
  .object({
    /** The project's: each has one integration at most. */
    id: z.string(),
    projectId: z.string(),
    type: z.enum(blobStorageTypes),
    bucketName: z.string(),
    endpoint: z.string().nullable(),
    region: z.string(),
    accessKeyId: z.string().nullable(),
    prefix: z.string(),
    exportFrequency: z.enum(blobStorageExportFrequencies),
    enabled: z.boolean(),
    forcePathStyle: z.boolean(),
    fileType: z.enum(blobStorageFileTypes),
    exportMode: z.enum(blobStorageExportModes),
    exportStartDate: time,
    compressed: z.boolean(),
    exportSource: z.enum(blobStorageExportSources),
    /** null: all of them. */
    exportFieldGroups: z.array(z.enum(blobStorageFieldGroups)).nullable(),
    ...progress,
    createdAt: isoTime,
    updatedAt: isoTime,
  })
  .meta({ id: 'BlobStorageIntegration' });
export type BlobStorageIntegration = z.infer<typeof blobStorageIntegration>;

/** One line without what neither a database nor a header takes. */
const line = (max: number) =>
  z
    .string()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must hold no control characters');

export const upsertBlobStorageIntegrationBody = z
  .strictObject({
    projectId: line(200).min(1),
    type: z.enum(blobStorageTypes),
    bucketName: line(255).min(1),
    endpoint: line(2_000).nullish(),
    region: line(100),
    accessKeyId: line(500).nullish(),
    /** Kept as it is when left out. */
    secretAccessKey: line(5_000).nullish(),
    prefix: line(500)
      .refine((prefix) => prefix === '' || prefix.endsWith('/'), 'must be empty or end with a slash')
      .nullish(),
    exportFrequency: z.enum(blobStorageExportFrequencies),
    enabled: z.boolean(),
    forcePathStyle: z.boolean(),
    fileType: z.enum(blobStorageFileTypes),
    exportMode: z.enum(blobStorageExportModes),
    exportStartDate: isoTime.nullish(),
    compressed: z.boolean().nullish(),
    exportSource: z.enum(blobStorageExportSources).nullish(),
    exportFieldGroups: z.array(z.enum(blobStorageFieldGroups)).min(1).max(50).nullish(),
  })
  .superRefine((body, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (body.type !== 'S3' && !body.endpoint) refuse('endpoint', `${body.type} needs an endpoint`);
    if (body.type !== 'S3' && !body.accessKeyId) refuse('accessKeyId', `${body.type} needs an accessKeyId`);
    if (body.exportMode === 'FROM_CUSTOM_DATE' && !body.exportStartDate) {
      refuse('exportStartDate', 'exportMode FROM_CUSTOM_DATE needs an exportStartDate');
    }
    if (body.exportFieldGroups && !body.exportSource) {
      refuse('exportFieldGroups', 'exportFieldGroups needs exportSource beside it');
    }
  });

export const listBlobStorageIntegrations = defineOperation({
  id: 'listBlobStorageIntegrations',
  method: 'GET',
  path: '/api/public/integrations/blob-storage',
  scope: 'blob-storage-integrations:read',
  tag,
  summary: 'The exports of all projects of the organization, without their secrets.',
  responses: { 200: z.object({ data: z.array(blobStorageIntegration) }) },
});

export const upsertBlobStorageIntegration = defineOperation({
  id: 'upsertBlobStorageIntegration',
  method: 'PUT',
  path: '/api/public/integrations/blob-storage',
  scope: 'blob-storage-integrations:upsert',
  tag,
  summary: 'Sets up where a project is exported to, or changes it.',
  body: upsertBlobStorageIntegrationBody,
  responses: { 200: blobStorageIntegration },
});

const params = z.object({ id: z.string().min(1).max(200) });

export const getBlobStorageIntegrationStatus = defineOperation({
  id: 'getBlobStorageIntegrationStatus',
  method: 'GET',
  path: '/api/public/integrations/blob-storage/{id}',
  scope: 'blob-storage-integrations:read',
  tag,
  summary: 'How far the export of a project has come.',
  params,
  responses: {
    200: z.object({
      id: z.string(),
      projectId: z.string(),
      syncStatus: z.enum(blobStorageSyncStatuses),
      enabled: z.boolean(),
      ...progress,
    }),
  },
});

export const deleteBlobStorageIntegration = defineOperation({
  id: 'deleteBlobStorageIntegration',
  method: 'DELETE',
  path: '/api/public/integrations/blob-storage/{id}',
  scope: 'blob-storage-integrations:delete',
  tag,
  summary: 'Ends the export of a project. What was exported stays.',
  params,
  responses: { 200: z.object({ message: z.string() }) },
});
