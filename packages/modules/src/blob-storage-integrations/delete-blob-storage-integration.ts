import type { Relational } from '@tracewell/engines/relational/port';
import { type OrganizationAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { requireProject } from '../organizations/index';
import { describeIntegration } from './integration';
import { notFound } from './read-blob-storage-integrations';
import { deleteIntegration, findIntegration } from './store';

/** Throws `not_found`. */
export async function deleteBlobStorageIntegration(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: OrganizationAccess,
  projectId: string,
): Promise<{ message: string }> {
  requireScope(access, 'blob-storage-integrations:delete');
  const { organizationId } = access;
  await relational.db.transaction(async (transaction) => {
    await requireProject(transaction, access, projectId, 'update');
    const before = await findIntegration(transaction, organizationId, projectId);
    if (!before) throw notFound(projectId);
    await deleteIntegration(transaction, projectId);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId,
      projectId,
      action: 'blob-storage-integrations.delete',
      resourceType: 'blob-storage-integration',
      resourceId: projectId,
      before: describeIntegration(before),
    });
  });
  return { message: 'Blob storage integration successfully deleted' };
}
