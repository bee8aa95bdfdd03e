import type { OrganizationProject } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type OrganizationAccess, requireScope } from '../access/index';
import { describeOrganizationProject } from './organization-wire';
import { listProjectsOf } from './store';

/** The projects of the organization, oldest first. */
export async function listOrganizationProjects(
  deps: { relational: Pick<Relational, 'db'> },
  access: OrganizationAccess,
): Promise<{ projects: OrganizationProject[] }> {
  requireScope(access, 'organization-projects:read');
  const rows = await listProjectsOf(deps.relational.db, [access.organizationId]);
  return { projects: rows.map(describeOrganizationProject) };
}
