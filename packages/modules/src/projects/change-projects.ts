import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  type createProject as createOperation,
  type PublicProject,
  type updateProject as updateOperation,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type OrganizationAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { requireOrganization, requireProject } from '../organizations/index';
import { describeProject } from './project-wire';
import * as store from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

const change = (access: OrganizationAccess, verb: string, projectId: string) => ({
  actor: access.actor,
  organizationId: access.organizationId,
  projectId,
  action: `projects.${verb}`,
  resourceType: 'project',
  resourceId: projectId,
});
const shown = ({ name, metadata, retentionDays }: store.ProjectRow) => ({ name, metadata, retentionDays });

/** Throws `conflict` when another project of the organization has the name. */
export async function createProject(
  { relational }: Deps,
  access: OrganizationAccess,
  body: BodyOf<typeof createOperation>,
): Promise<PublicProject> {
  requireScope(access, 'organization-projects:create');
  return relational.db.transaction(async (transaction) => {
    const organization = await requireOrganization(transaction, access.organizationId, 'update');
    await requireFreeName(transaction, { organizationId: organization.id, name: body.name });
    const row = await store.insertProject(transaction, {
      id: randomUUID(),
      organizationId: organization.id,
      name: body.name,
      metadata: body.metadata ?? null,
      retentionDays: body.retention || null,
    });
    await recordChange(transaction, { ...change(access, 'create', row.id), after: shown(row) });
    return describeProject({ ...row, organization });
  });
}

/** What is not given stays. Throws `not_found`, and `conflict` for a name in use. */
export async function updateProject(
  { relational }: Deps,
  access: OrganizationAccess,
  projectId: string,
  body: BodyOf<typeof updateOperation>,
): Promise<PublicProject> {
  requireScope(access, 'organization-projects:update');
  return relational.db.transaction(async (transaction) => {
    const organization = await requireOrganization(transaction, access.organizationId, 'update');
    const before = await requireProject(transaction, access, projectId, 'update');
    if (body.name !== undefined && body.name !== before.name) {
      await requireFreeName(transaction, {
        organizationId: organization.id,
        name: body.name,
        exceptId: projectId,
      });
    }
    const row = await store.updateProject(transaction, projectId, {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.metadata !== undefined && { metadata: body.metadata }),
      ...(body.retention !== undefined && { retentionDays: body.retention || null }),
    });
    await recordChange(transaction, {
      ...change(access, 'update', projectId),
      before: shown(before),
      after: shown(row),
    });
    return describeProject({ ...row, organization });
  });
}

/**
 * The project is gone for every reader at once, and for its keys in this process; in others they are refused
 * within five seconds. Its data goes in the background: `purgeProjects`. Throws `not_found`.
 */
export async function deleteProject(
  { relational, keyLookup }: Deps & { keyLookup: { clear(): void } },
  access: OrganizationAccess,
  projectId: string,
): Promise<{ success: true; message: string }> {
  requireScope(access, 'organization-projects:delete');
  await relational.db.transaction(async (transaction) => {
    const project = await requireProject(transaction, access, projectId, 'update');
    await store.markDeleted(transaction, project, new Date());
    await recordChange(transaction, { ...change(access, 'delete', projectId), before: shown(project) });
  });
  keyLookup.clear();
  return {
    success: true,
    message: 'The project is deleted. The deletion of its data is being processed asynchronously.',
  };
}

async function requireFreeName(
  transaction: store.Transaction,
  project: { organizationId: string; name: string; exceptId?: string },
): Promise<void> {
  if (!(await store.isNameTaken(transaction, project))) return;
  throw new ApiError(
    'conflict',
    `A project with the name ${project.name} already exists in this organization. Give another name.`,
  );
}
