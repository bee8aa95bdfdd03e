import type { BodyOf, createMediaUpload as operation } from '@tracewell/contract';
import { mediaIdOf } from '@tracewell/domain';
import type { Blob } from '@tracewell/engines/blob/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { isUploaded, mediaKey, urlLifeMs } from './media';
import { findMedia, linkMedia, type MediaPlace, type MediaRow, upsertMedia } from './store';

export interface MediaDeps {
  relational: Pick<Relational, 'db'>;
  blob: Pick<Blob, 'size' | 'signUpload' | 'signDownload'>;
}

/**
 * Notes what shows a file, and signs the URL to upload it to: null when its bytes are there. The URL may be a path
 * of our own server (see the port). What traces show is recorded data, as the traces are: it is not audited.
 */
export async function createMediaUpload(
  { relational, blob }: MediaDeps,
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<{ mediaId: string; uploadUrl: string | null }> {
  requireScope(access, 'media:upload');
  const { projectId } = access;
  const { sha256Hash, contentType, contentLength } = body;
  const mediaId = mediaIdOf(sha256Hash);
  const [before] = await findMedia(relational.db, projectId, [mediaId]);
  await relational.db.transaction(async (transaction) => {
    await upsertMedia(transaction, { projectId, id: mediaId, sha256Hash, contentType, contentLength });
    await linkMedia(transaction, projectId, [{ mediaId, ...placeOf(body) }]);
  });
  if (before?.contentType === contentType && (await isThere(before))) return { mediaId, uploadUrl: null };
  const uploadUrl = await blob.signUpload(mediaKey(projectId, mediaId), {
    contentType,
    contentLength,
    sha256: sha256Hash,
    expiresAt: new Date(Date.now() + urlLifeMs),
  });
  return { mediaId, uploadUrl };

  /** A client reports its own uploads: the store is asked, lest a file that never came is never sent. */
  async function isThere(file: MediaRow): Promise<boolean> {
    return (
      isUploaded(file.uploadHttpStatus) && (await blob.size(mediaKey(projectId, mediaId))) === contentLength
    );
  }
}

function placeOf(body: BodyOf<typeof operation>): MediaPlace {
  const { traceId, observationId, datasetId, datasetItemId, field } = body;
  return traceId
    ? { kind: 'trace', traceId, observationId: observationId || null, field }
    : { kind: 'dataset-item', datasetId: datasetId ?? '', datasetItemId: datasetItemId ?? '', field };
}
