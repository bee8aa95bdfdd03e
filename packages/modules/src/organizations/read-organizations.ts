import type { Organization } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type AdminAccess, requireScope } from '../access/index';
import { describeOrganization } from './organization-wire';
import { requireOrganization } from './require-project';
import { listAll, listProjectsOf } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** Every organization of the installation, oldest first. */
export async function listOrganizations(
  { relational: { db } }: Deps,
  access: AdminAccess,
): Promise<{ organizations: Organization[] }> {
  requireScope(access, 'instance:administer');
  const rows = await listAll(db);
  const ids = rows.map(({ id }) => id);
  const projects = ids.length > 0 ? await listProjectsOf(db, ids) : [];
  return { organizations: rows.map((row) => describeOrganization(row, projects)) };
}

/** Throws `not_found`. */
export async function getOrganization(
  { relational: { db } }: Deps,
  access: AdminAccess,
  organizationId: string,
): Promise<Organization> {
  requireScope(access, 'instance:administer');
  const row = await requireOrganization(db, organizationId);
  return describeOrganization(row, await listProjectsOf(db, [organizationId]));
}
