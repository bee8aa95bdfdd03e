import type { DatasetItem } from '@tracewell/contract';
import { findMediaReferences, type MediaFile, resolveMediaReferences } from './media-references';
import type { ItemRow } from './store';

/** Files of the project by their ids, with URLs; those that are not there are left out. */
export type DescribeMedia = (
  projectId: string,
  mediaIds: readonly string[],
) => Promise<ReadonlyMap<string, MediaFile>>;

/** Items in the words of the wire, all of one project. */
export async function describeItems(
  describeMedia: DescribeMedia,
  rows: readonly ItemRow[],
): Promise<DatasetItem[]> {
  const found = rows.map(findMediaReferences);
  const mediaIds = [...new Set(found.flat().map(({ mediaId }) => mediaId))];
  const files: ReadonlyMap<string, MediaFile> =
    mediaIds.length > 0 ? await describeMedia(rows[0]!.projectId, mediaIds) : new Map();
  return rows.map((row, index) => ({
    id: row.id,
    status: row.status,
    input: row.input,
    expectedOutput: row.expectedOutput,
    metadata: row.metadata,
    sourceTraceId: row.sourceTraceId,
    sourceObservationId: row.sourceObservationId,
    datasetId: row.datasetId,
    datasetName: row.datasetName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.validFrom.toISOString(),
    mediaReferences: resolveMediaReferences(found[index]!, files),
  }));
}
