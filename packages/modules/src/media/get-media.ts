import { ApiError, type MediaFile } from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import type { MediaDeps } from './create-media-upload';
import { dispositionOf, isUploaded, mediaKey, urlLifeMs } from './media';
import { findMedia, type MediaRow } from './store';
import { notFound } from './update-media';

/** A file whose upload was reported, with a URL to read it by. Throws `not_found`. */
export async function getMedia(deps: MediaDeps, access: ProjectAccess, mediaId: string): Promise<MediaFile> {
  requireScope(access, 'media:read');
  const [row] = await findMedia(deps.relational.db, access.projectId, [mediaId]);
  if (!row) throw notFound(mediaId);
  if (!isReadable(row)) {
    throw new ApiError(
      'not_found',
      `The upload of media ${mediaId} is not complete: no success was reported of it.`,
    );
  }
  return describeMedia(deps, row);
}

/**
 * Files by their ids, with URLs to read them by, for records that refer to them; those that the project does not
 * have, or not yet, are left out. The caller has checked that the record may be read.
 */
export async function describeMediaOf(
  deps: MediaDeps,
  projectId: string,
  mediaIds: readonly string[],
): Promise<Map<string, MediaFile>> {
  const rows = await findMedia(deps.relational.db, projectId, [...new Set(mediaIds)]);
  const files = await Promise.all(rows.filter(isReadable).map((row) => describeMedia(deps, row)));
  return new Map(files.map((file) => [file.mediaId, file]));
}

type Readable = MediaRow & { uploadedAt: Date };
const isReadable = (row: MediaRow): row is Readable =>
  isUploaded(row.uploadHttpStatus) && row.uploadedAt !== null;

async function describeMedia({ blob }: MediaDeps, row: Readable): Promise<MediaFile> {
  const expiresAt = new Date(Date.now() + urlLifeMs);
  return {
    mediaId: row.id,
    contentType: row.contentType,
    contentLength: row.contentLength,
    uploadedAt: row.uploadedAt.toISOString(),
    url: await blob.signDownload(mediaKey(row.projectId, row.id), {
      contentType: row.contentType,
      disposition: dispositionOf(row.id, row.contentType),
      expiresAt,
    }),
    urlExpiry: expiresAt.toISOString(),
  };
}
