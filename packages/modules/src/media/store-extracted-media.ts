import type { Blob } from '@tracewell/engines/blob/port';
import type { Relational } from '@tracewell/engines/relational/port';
import type { KeptMedia, StoreMedia } from '@tracewell/ingest';
import { isUploaded, mediaKey } from './media';
import { findMedia, findProjectIds, insertUploaded, linkMedia } from './store';

/**
 * Keeps files that the worker finds in records: first their bytes, then what they are and what shows them. A file
 * that the project has already is only noted once more.
 */
export function createMediaSink({
  relational,
  blob,
}: {
  relational: Pick<Relational, 'db'>;
  blob: Pick<Blob, 'put'>;
}): StoreMedia {
  const { db } = relational;

  async function storeOfProject(projectId: string, media: readonly KeptMedia[]): Promise<void> {
    const files = [...new Map(media.map((file) => [file.mediaId, file])).values()]
      // Always in the same order: two batches with the same files wait for each other, never in a circle.
      .sort((a, b) => (a.mediaId < b.mediaId ? -1 : 1));
    for (let at = 0; at < files.length; at += filesAtOnce) {
      const some = files.slice(at, at + filesAtOnce);
      const ids = new Set(some.map(({ mediaId }) => mediaId));
      await storeSome(
        projectId,
        some,
        media.filter(({ mediaId }) => ids.has(mediaId)),
      );
    }
  }

  async function storeSome(
    projectId: string,
    files: readonly KeptMedia[],
    shown: readonly KeptMedia[],
  ): Promise<void> {
    const ids = files.map(({ mediaId }) => mediaId);
    for (let tries = 1; ; tries++) {
      const before = await findMedia(db, projectId, ids);
      const there = new Set(before.filter((row) => isUploaded(row.uploadHttpStatus)).map(({ id }) => id));
      for (const { mediaId, bytes } of files) {
        if (!there.has(mediaId)) await blob.put(mediaKey(projectId, mediaId), bytes);
      }
      if (await note(new Set(before.map(({ id }) => id)))) return;
      if (tries === maxTries) throw new Error('media were deleted again and again while they were stored');
    }

    /** False, and nothing is noted, when a file was deleted after it was looked at: its bytes may be gone. */
    async function note(known: ReadonlySet<string>): Promise<boolean> {
      try {
        await db.transaction(async (transaction) => {
          const added = await insertUploaded(
            transaction,
            files.map((file) => ({
              projectId,
              id: file.mediaId,
              sha256Hash: file.sha256Hash,
              contentType: file.contentType,
              contentLength: file.bytes.byteLength,
              uploadedAt: new Date(file.receivedAt / 1_000),
            })),
          );
          if (added.some((id) => known.has(id))) throw new DeletedMeanwhile();
          const links = shown.filter(isLinkable).map(({ mediaId, traceId, observationId, field }) => ({
            kind: 'trace' as const,
            mediaId,
            traceId,
            observationId,
            field,
          }));
          for (let at = 0; at < links.length; at += linksAtOnce) {
            await linkMedia(transaction, projectId, links.slice(at, at + linksAtOnce));
          }
        });
        return true;
      } catch (error) {
        if (error instanceof DeletedMeanwhile) return false;
        throw error;
      }
    }
  }

  return async (media) => {
    const byProject = new Map<string, KeptMedia[]>();
    for (const file of media) {
      const others = byProject.get(file.projectId);
      if (others) others.push(file);
      else byProject.set(file.projectId, [file]);
    }
    // Of a project that was deleted nothing is kept; its rows are not read either.
    for (const projectId of await findProjectIds(db, [...byProject.keys()])) {
      await storeOfProject(projectId, byProject.get(projectId)!);
    }
  };
}

const filesAtOnce = 100;
const linksAtOnce = 500;
const maxTries = 5;
/** An index of Postgres holds no longer ones, and no text of it a NUL. What is longer is shown without a link. */
const maxIdBytes = 800;

class DeletedMeanwhile extends Error {}

const isLinkable = ({ traceId, observationId }: KeptMedia): boolean =>
  [traceId, observationId ?? ''].every((id) => Buffer.byteLength(id) <= maxIdBytes && !id.includes('\0'));
