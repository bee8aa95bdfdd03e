import type { Relational } from '@tracewell/engines/relational/port';
import { datasetItemMedia, media, observationMedia, traceMedia } from '@tracewell/schema/postgres/media';
import { projects } from '@tracewell/schema/postgres/projects';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';

type Database = Relational['db'];
type Reader = Pick<Database, 'select'>;
export type Transaction = Pick<Database, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'>;
export type MediaRow = typeof media.$inferSelect;

/** Where a file is shown. */
export type MediaPlace =
  | { kind: 'trace'; traceId: string; observationId: string | null; field: string }
  | { kind: 'dataset-item'; datasetId: string; datasetItemId: string; field: string };

const ofProject = (projectId: string, mediaIds: readonly string[]) =>
  and(eq(media.projectId, projectId), inArray(media.id, [...mediaIds]));

/** Of these projects, those that there are. */
export async function findProjectIds(db: Reader, projectIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: projects.id })
    .from(projects)
    .where(inArray(projects.id, [...projectIds]))
    .orderBy(asc(projects.id))
    .limit(projectIds.length);
  return rows.map(({ id }) => id);
}

export const findMedia = (db: Reader, projectId: string, mediaIds: readonly string[]): Promise<MediaRow[]> =>
  mediaIds.length === 0
    ? Promise.resolve([])
    : db.select().from(media).where(ofProject(projectId, mediaIds)).limit(mediaIds.length);

/** Makes the file known, or tells anew what it is. Of one that is there, only the type changes. */
export async function upsertMedia(
  transaction: Transaction,
  file: Pick<MediaRow, 'projectId' | 'id' | 'sha256Hash' | 'contentType' | 'contentLength'>,
): Promise<void> {
  await transaction
    .insert(media)
    .values(file)
    .onConflictDoUpdate({
      target: [media.projectId, media.id],
      set: { contentType: file.contentType, contentLength: file.contentLength, updatedAt: sql`now()` },
    });
}

/** Files whose bytes are in the object store; what was reported of one before stays. Returns which were new. */
export async function insertUploaded(
  transaction: Transaction,
  files: readonly (Pick<MediaRow, 'projectId' | 'id' | 'sha256Hash' | 'contentType' | 'contentLength'> & {
    uploadedAt: Date;
  })[],
): Promise<string[]> {
  const rows = await transaction
    .insert(media)
    .values(files.map((file) => ({ ...file, uploadHttpStatus: 200 })))
    .onConflictDoUpdate({
      target: [media.projectId, media.id],
      set: {
        uploadHttpStatus: 200,
        uploadHttpError: null,
        uploadedAt: sql`case when ${media.uploadHttpStatus} in (200, 201)
          then ${media.uploadedAt} else excluded.uploaded_at end`,
      },
    })
    // A row that no statement before this one wrote has no such mark.
    .returning({ id: media.id, isNew: sql<boolean>`xmax = 0` });
  return rows.filter(({ isNew }) => isNew).map(({ id }) => id);
}

export async function linkMedia(
  transaction: Transaction,
  projectId: string,
  links: readonly (MediaPlace & { mediaId: string })[],
): Promise<void> {
  const traces: (typeof traceMedia.$inferInsert)[] = [];
  const observations: (typeof observationMedia.$inferInsert)[] = [];
  const items: (typeof datasetItemMedia.$inferInsert)[] = [];
  for (const { mediaId, field, ...place } of links) {
    const link = { projectId, mediaId, field };
    if (place.kind === 'dataset-item') {
      items.push({ ...link, datasetId: place.datasetId, datasetItemId: place.datasetItemId });
    } else if (place.observationId) {
      observations.push({ ...link, traceId: place.traceId, observationId: place.observationId });
    } else traces.push({ ...link, traceId: place.traceId });
  }
  if (traces.length > 0) await transaction.insert(traceMedia).values(traces).onConflictDoNothing();
  if (observations.length > 0) {
    await transaction.insert(observationMedia).values(observations).onConflictDoNothing();
  }
  if (items.length > 0) await transaction.insert(datasetItemMedia).values(items).onConflictDoNothing();
}

/** False when the project has no such file. A success that was reported before is not taken back. */
export async function reportUpload(
  db: Pick<Database, 'update' | 'select'>,
  projectId: string,
  mediaId: string,
  report: Pick<MediaRow, 'uploadedAt' | 'uploadHttpStatus' | 'uploadHttpError' | 'uploadTimeMs'>,
): Promise<boolean> {
  const succeeded = [200, 201];
  const found = ofProject(projectId, [mediaId]);
  const isLate = !succeeded.includes(report.uploadHttpStatus ?? 0);
  const updated = await db
    .update(media)
    .set({ ...report, updatedAt: sql`now()` })
    .where(isLate ? and(found, sql`coalesce(${media.uploadHttpStatus}, 0) not in (200, 201)`) : found)
    .returning({ id: media.id });
  if (updated.length > 0) return true;
  return (await findMedia(db, projectId, [mediaId])).length > 0;
}

/** Forgets what the traces show. Returns the files that were shown there. */
export async function unlinkTraces(
  transaction: Transaction,
  projectId: string,
  traceIds: readonly string[],
): Promise<string[]> {
  const ids = [...traceIds];
  const ofTraces = await transaction
    .delete(traceMedia)
    .where(and(eq(traceMedia.projectId, projectId), inArray(traceMedia.traceId, ids)))
    .returning({ id: traceMedia.mediaId });
  const ofObservations = await transaction
    .delete(observationMedia)
    .where(and(eq(observationMedia.projectId, projectId), inArray(observationMedia.traceId, ids)))
    .returning({ id: observationMedia.mediaId });
  return [...new Set([...ofTraces, ...ofObservations].map(({ id }) => id))];
}

/**
 * Of these files, those that nothing shows, locked until the transaction ends: whoever wants to show one
 * meanwhile waits, and then finds that it is gone.
 */
export async function lockOrphans(
  transaction: Transaction,
  projectId: string,
  mediaIds: readonly string[],
): Promise<string[]> {
  if (mediaIds.length === 0) return [];
  const rows = await transaction
    .select({ id: media.id })
    .from(media)
    .where(ofProject(projectId, mediaIds))
    .orderBy(media.id)
    .for('update');
  const shown = new Set<string>();
  for (const table of [traceMedia, observationMedia, datasetItemMedia]) {
    const links = await transaction
      .selectDistinct({ id: table.mediaId })
      .from(table)
      .where(and(eq(table.projectId, projectId), inArray(table.mediaId, [...mediaIds])));
    for (const { id } of links) shown.add(id);
  }
  return rows.map(({ id }) => id).filter((id) => !shown.has(id));
}

export async function deleteMedia(
  transaction: Transaction,
  projectId: string,
  mediaIds: readonly string[],
): Promise<void> {
  if (mediaIds.length === 0) return;
  await transaction.delete(media).where(ofProject(projectId, mediaIds));
}
