import type { Organization, OrganizationProject } from '@tracewell/contract';
import type { OrganizationRow, ProjectRow } from './store';

export const describeOrganizationProject = (row: ProjectRow): OrganizationProject => ({
  id: row.id,
  name: row.name,
  metadata: row.metadata ?? {},
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const describeOrganization = (
  row: OrganizationRow,
  projects: readonly ProjectRow[],
): Organization => ({
  id: row.id,
  name: row.name,
  createdAt: row.createdAt.toISOString(),
  metadata: row.metadata ?? {},
  projects: projects
    .filter(({ organizationId }) => organizationId === row.id)
    .map(describeOrganizationProject),
});
