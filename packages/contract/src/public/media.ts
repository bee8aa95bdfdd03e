import { z } from 'zod';
import { defineOperation } from '../operation';
import { isoTime } from '../query-params';

const tag = 'Media';

/** What a client may say its file is. */
export const mediaContentTypes = [
  'image/png',
  'image/jpeg',
  'image/jpg',
  'image/webp',
  'image/gif',
  'image/svg+xml',
  'image/tiff',
  'image/bmp',
  'image/avif',
  'image/heic',
  'audio/mpeg',
  'audio/mp3',
  'audio/wav',
  'audio/ogg',
  'audio/oga',
  'audio/aac',
  'audio/mp4',
  'audio/flac',
  'audio/opus',
  'audio/webm',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/mpeg',
  'video/quicktime',
  'video/x-msvideo',
  'video/x-matroska',
  'text/plain',
  'text/html',
  'text/css',
  'text/csv',
  'text/markdown',
  'text/x-python',
  'application/javascript',
  'text/x-typescript',
  'application/x-yaml',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/zip',
  'application/json',
  'application/xml',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/rtf',
  'application/x-ndjson',
  'application/vnd.apache.parquet',
  'application/gzip',
  'application/x-tar',
  'application/x-7z-compressed',
] as const;

/** Largest file, in bytes. */
export const maxMediaBytes = 1_000_000_000;

const traceFields = ['input', 'output', 'metadata'];
const datasetItemFields = ['input', 'expectedOutput', 'metadata'];
/** An index of the database holds no longer ones, and no text of it a NUL. */
const maxIdBytes = 800;
const id = z
  .string()
  .refine(
    (text) => !text.includes('\0') && new TextEncoder().encode(text).length <= maxIdBytes,
    `must be at most ${maxIdBytes} bytes without NUL`,
  )
  .nullish();

export const createMediaUploadBody = z
  .object({
    traceId: id,
    observationId: id,
    datasetId: id,
    datasetItemId: id,
    contentType: z.enum(mediaContentTypes),
    contentLength: z.int().positive().max(maxMediaBytes),
    sha256Hash: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be the SHA-256 of the file in base64, 44 characters'),
    field: z.string(),
  })
  .superRefine((body, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const ofDataset = Boolean(body.datasetId) || Boolean(body.datasetItemId);
    if (body.traceId && ofDataset) {
      refuse('traceId', 'give either traceId, or datasetId and datasetItemId, not both');
    } else if (ofDataset) {
      if (!body.datasetId) refuse('datasetId', 'datasetItemId needs datasetId beside it');
      if (!body.datasetItemId) refuse('datasetItemId', 'datasetId needs datasetItemId beside it');
      if (body.observationId) refuse('observationId', 'observationId needs traceId');
    } else if (!body.traceId) {
      refuse('traceId', 'say what shows the file: traceId, or datasetId and datasetItemId');
    }
    const fields = ofDataset ? datasetItemFields : traceFields;
    if (!fields.includes(body.field)) refuse('field', `field must be one of ${fields.join(', ')}`);
  });

export const createMediaUpload = defineOperation({
  id: 'createMediaUpload',
  method: 'POST',
  path: '/api/public/media',
  scope: 'media:upload',
  tag,
  summary: 'Says where to upload a file to; nowhere when the project has it already.',
  body: createMediaUploadBody,
  responses: {
    201: z.object({
      mediaId: z.string(),
      /** null: the file is there. */
      uploadUrl: z.string().nullable(),
    }),
  },
});

const mediaParams = z.object({ mediaId: z.string().min(1).max(100) });

export const updateMediaBody = z.object({
  uploadedAt: isoTime,
  uploadHttpStatus: z.int().min(0).max(999),
  uploadHttpError: z.string().nullish(),
  uploadTimeMs: z.number().min(0).max(2_147_483_647).nullish(),
});

export const updateMedia = defineOperation({
  id: 'updateMedia',
  method: 'PATCH',
  path: '/api/public/media/{mediaId}',
  scope: 'media:upload',
  tag,
  summary: 'Reports what became of an upload.',
  params: mediaParams,
  body: updateMediaBody,
  responses: { 200: z.object({ message: z.string() }) },
});

export const mediaFile = z
  .object({
    mediaId: z.string(),
    contentType: z.string(),
    contentLength: z.int(),
    uploadedAt: isoTime,
    /** Anybody who has it may read the file until `urlExpiry`. */
    url: z.string(),
    urlExpiry: isoTime,
  })
  .meta({ id: 'Media' });
export type MediaFile = z.infer<typeof mediaFile>;

export const getMedia = defineOperation({
  id: 'getMedia',
  method: 'GET',
  path: '/api/public/media/{mediaId}',
  scope: 'media:read',
  tag,
  summary: 'A file and where to download it.',
  params: mediaParams,
  responses: { 200: mediaFile },
});
