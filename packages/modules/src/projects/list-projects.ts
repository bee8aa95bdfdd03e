import { ApiError, type PublicProject } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { describeProject } from './project-wire';
import { findProject } from './store';

/** The one project the key speaks for, as a list: clients check their keys with it. */
export async function listProjects(
  deps: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
): Promise<{ data: PublicProject[] }> {
  requireScope(access, 'projects:read');
  const project = await findProject(deps.relational.db, access.projectId);
  if (!project) throw new ApiError('not_found', 'The project of this key was deleted.');
  return { data: [describeProject(project)] };
}
