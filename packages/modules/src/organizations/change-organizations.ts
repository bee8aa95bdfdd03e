import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  type Organization,
  type createOrganization as operation,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type AdminAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { describeOrganization } from './organization-wire';
import { requireOrganization } from './require-project';
import * as store from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}
type Body = BodyOf<typeof operation>;

const change = (access: AdminAccess, verb: string, organizationId: string) => ({
  actor: access.actor,
  organizationId,
  projectId: null,
  action: `organizations.${verb}`,
  resourceType: 'organization',
  resourceId: organizationId,
});
const shown = ({ name, metadata }: store.OrganizationRow) => ({ name, metadata });

export async function createOrganization(
  { relational }: Deps,
  access: AdminAccess,
  body: Body,
): Promise<Organization> {
  requireScope(access, 'instance:administer');
  return relational.db.transaction(async (transaction) => {
    const row = await store.insertOrganization(transaction, {
      id: randomUUID(),
      name: body.name,
      metadata: body.metadata ?? null,
    });
    await recordChange(transaction, { ...change(access, 'create', row.id), after: shown(row) });
    return describeOrganization(row, []);
  });
}

/** Metadata that is not given stays; null takes it away. Throws `not_found`. */
export async function updateOrganization(
  { relational }: Deps,
  access: AdminAccess,
  organizationId: string,
  body: Body,
): Promise<Organization> {
  requireScope(access, 'instance:administer');
  return relational.db.transaction(async (transaction) => {
    const before = await requireOrganization(transaction, organizationId, 'update');
    const row = await store.updateOrganization(transaction, organizationId, {
      name: body.name,
      ...(body.metadata !== undefined && { metadata: body.metadata }),
    });
    await recordChange(transaction, {
      ...change(access, 'update', organizationId),
      before: shown(before),
      after: shown(row),
    });
    return describeOrganization(row, await store.listProjectsOf(transaction, [organizationId]));
  });
}

/** Throws `not_found`, and `invalid_request` while the organization has projects. */
export async function deleteOrganization(
  { relational, keyLookup }: Deps & { keyLookup: { clear(): void } },
  access: AdminAccess,
  organizationId: string,
): Promise<{ success: true }> {
  requireScope(access, 'instance:administer');
  await relational.db.transaction(async (transaction) => {
    const before = await requireOrganization(transaction, organizationId, 'update');
    const projects = await store.listProjectsOf(transaction, [organizationId]);
    if (projects.length > 0) {
      const names = projects.slice(0, 3).map(({ name }) => name);
      throw new ApiError(
        'invalid_request',
        `Cannot delete organization with existing projects: it has ${projects.length} (${names.join(', ')}${projects.length > 3 ? ', …' : ''}). Delete them first.`,
      );
    }
    await store.deleteOrganization(transaction, organizationId);
    await recordChange(transaction, { ...change(access, 'delete', organizationId), before: shown(before) });
  });
  keyLookup.clear();
  return { success: true };
}
