import {
  type AnswerOf,
  ApiError,
  type BlobStorageIntegration,
  type getBlobStorageIntegrationStatus as statusOperation,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type OrganizationAccess, requireScope } from '../access/index';
import { describeIntegration, describeProgress, syncStatusOf } from './integration';
import { findIntegration, listIntegrations } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** Of all projects of the organization, without secrets. */
export async function listBlobStorageIntegrations(
  { relational }: Deps,
  access: OrganizationAccess,
): Promise<{ data: BlobStorageIntegration[] }> {
  requireScope(access, 'blob-storage-integrations:read');
  const rows = await listIntegrations(relational.db, access.organizationId);
  return { data: rows.map(describeIntegration) };
}

/** Throws `not_found`. */
export async function getBlobStorageIntegrationStatus(
  { relational }: Deps,
  access: OrganizationAccess,
  projectId: string,
): Promise<AnswerOf<typeof statusOperation>> {
  requireScope(access, 'blob-storage-integrations:read');
  const row = await findIntegration(relational.db, access.organizationId, projectId);
  if (!row) throw notFound(projectId);
  return {
    id: row.projectId,
    projectId: row.projectId,
    syncStatus: syncStatusOf(row, new Date()),
    enabled: row.enabled,
    ...describeProgress(row),
  };
}

export const notFound = (projectId: string) =>
  new ApiError('not_found', `This organization exports no project ${projectId} to a blob storage.`);
