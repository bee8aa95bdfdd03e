import type { BlobStorageIntegration, blobStorageSyncStatuses } from '@tracewell/contract';
import type { IntegrationRow } from './store';

/** The rules of an export: how it is shown, and what state it is in. */

export const describeIntegration = (row: IntegrationRow): BlobStorageIntegration => ({
  id: row.projectId,
  projectId: row.projectId,
  // Stored as the contract had them; the columns are text.
  type: row.type as BlobStorageIntegration['type'],
  bucketName: row.bucketName,
  endpoint: row.endpoint,
  region: row.region,
  accessKeyId: row.accessKeyId,
  prefix: row.prefix,
  exportFrequency: row.exportFrequency as BlobStorageIntegration['exportFrequency'],
  enabled: row.enabled,
  forcePathStyle: row.forcePathStyle,
  fileType: row.fileType as BlobStorageIntegration['fileType'],
  exportMode: row.exportMode as BlobStorageIntegration['exportMode'],
  exportStartDate: isoOf(row.exportStartDate),
  compressed: row.compressed,
  exportSource: row.exportSource as BlobStorageIntegration['exportSource'],
  exportFieldGroups: row.exportFieldGroups as BlobStorageIntegration['exportFieldGroups'],
  ...describeProgress(row),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

type Progress = Pick<IntegrationRow, 'nextSyncAt' | 'lastSyncAt' | 'lastError' | 'lastErrorAt'>;

export const describeProgress = (row: Progress) => ({
  nextSyncAt: isoOf(row.nextSyncAt),
  lastSyncAt: isoOf(row.lastSyncAt),
  lastError: row.lastError,
  lastErrorAt: isoOf(row.lastErrorAt),
});

const isoOf = (time: Date | null): string | null => time?.toISOString() ?? null;

type SyncStatus = (typeof blobStorageSyncStatuses)[number];

/** An error counts until an export succeeds after it. */
export function syncStatusOf(
  row: Progress & Pick<IntegrationRow, 'enabled' | 'runningSince'>,
  now: Date,
): SyncStatus {
  if (!row.enabled) return 'disabled';
  if (row.runningSince) return 'running';
  const { lastErrorAt, lastSyncAt, nextSyncAt } = row;
  if (lastErrorAt && (!lastSyncAt || lastErrorAt > lastSyncAt)) return 'error';
  if (nextSyncAt && nextSyncAt <= now) return 'queued';
  return lastSyncAt ? 'up_to_date' : 'idle';
}
