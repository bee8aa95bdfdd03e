import { createHash } from 'node:crypto';
import { storablePayload } from '../payloads/index';

/**
 * The id of a run follows from its name. Clients that only record spans compute it themselves, so the text that
 * is hashed and the length are given.
 */
export const runIdOf = (projectId: string, datasetId: string, runName: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['langfuse-experiment-v1', projectId, datasetId, runName]))
    .digest('hex')
    .slice(0, 16);

/** Metadata of a run is an object: anything else is put into one, and the version that was run is noted in it. */
export function runMetadataOf(
  metadata: unknown,
  datasetVersion: string | null | undefined,
): Record<string, unknown> | null {
  const stored = storablePayload('metadata', metadata ?? null);
  const object =
    typeof stored === 'object' && stored !== null && !Array.isArray(stored)
      ? (stored as Record<string, unknown>)
      : stored === null
        ? null
        : { metadata: stored };
  return datasetVersion ? { ...object, dataset_version: datasetVersion } : object;
}
