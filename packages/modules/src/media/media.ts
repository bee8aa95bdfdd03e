import { createHash } from 'node:crypto';

/** The rules of media: where their bytes lie, and how they may be shown. */

/** How long a signed URL holds. */
export const urlLifeMs = 3_600_000;

/** Statuses of an upload that succeeded. */
export const isUploaded = (status: number | null): boolean => status === 200 || status === 201;

const plainSegment = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;
/** Ids of projects may hold anything; keys of objects may not. */
const segmentOf = (projectId: string): string =>
  plainSegment.test(projectId) && !projectId.endsWith('.partial')
    ? projectId
    : `sha256-${createHash('sha256').update(projectId).digest('hex')}`;

/** By content, and so the same for all who have the same file. */
export const mediaKey = (projectId: string, mediaId: string): string =>
  `media/${segmentOf(projectId)}/${mediaId}`;

/**
 * What a browser may show in place: kinds that cannot hold a script. Everything else is a download, whoever
 * links to it.
 */
const shownInPlace = /^(?:image\/(?!svg)|audio\/|video\/|text\/(?:plain|csv|markdown)$)/;

export const dispositionOf = (mediaId: string, contentType: string): string =>
  `${shownInPlace.test(contentType) ? 'inline' : 'attachment'}; filename="${mediaId}${extensionOf(contentType)}"`;

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
  'video/quicktime': 'mov',
  'video/x-msvideo': 'avi',
  'video/x-matroska': 'mkv',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/x-python': 'py',
  'text/x-typescript': 'ts',
  'application/javascript': 'js',
  'application/x-yaml': 'yaml',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/octet-stream': 'bin',
  'application/x-ndjson': 'ndjson',
  'application/vnd.apache.parquet': 'parquet',
  'application/gzip': 'gz',
  'application/x-tar': 'tar',
  'application/x-7z-compressed': '7z',
};

function extensionOf(contentType: string): string {
  const extension = extensions[contentType] ?? contentType.split('/')[1] ?? '';
  return /^[a-z0-9]{1,10}$/.test(extension) ? `.${extension}` : '';
}
