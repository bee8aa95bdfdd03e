import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import type { OrganizationAccess } from '../access/index';
import { findOrganization, findProjectOf, type OrganizationRow, type ProjectRow } from './store';

/**
 * The project, when it is the organization's. Throws `not_found` in the same words for one that is another's
 * and one that does not exist. With `lock`, `db` is a transaction before whose end nobody deletes the project.
 */
export async function requireProject(
  db: Pick<Relational['db'], 'select'>,
  access: Pick<OrganizationAccess, 'organizationId'>,
  projectId: string,
  lock?: 'share' | 'update',
): Promise<ProjectRow> {
  const project = await findProjectOf(db, access.organizationId, projectId, lock);
  if (project) return project;
  throw new ApiError('not_found', `Project not found: this organization has no project ${projectId}.`);
}

/**
 * Throws `not_found`. With `lock`, `db` is a transaction: whoever else changes members or projects of the
 * organization waits for its end.
 */
export async function requireOrganization(
  db: Pick<Relational['db'], 'select'>,
  organizationId: string,
  lock?: 'update',
): Promise<OrganizationRow> {
  const organization = await findOrganization(db, organizationId, lock);
  if (organization) return organization;
  throw new ApiError('not_found', `Organization not found: there is none with the id ${organizationId}.`);
}
