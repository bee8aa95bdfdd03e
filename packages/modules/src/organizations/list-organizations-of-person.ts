import type { SessionResponse } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import type { Person } from '../access/index';
import { listMemberships } from './store';

/** The organizations the person belongs to, with the projects their role lets them see. */
export async function listOrganizationsOfPerson(
  deps: { relational: Pick<Relational, 'db'> },
  person: Person,
): Promise<SessionResponse['organizations']> {
  const organizations = new Map<string, SessionResponse['organizations'][number]>();
  for (const { organization, role, project, roleInProject } of await listMemberships(
    deps.relational.db,
    person.userId,
  )) {
    const known = organizations.get(organization.id) ?? { ...organization, role, projects: [] };
    organizations.set(organization.id, known);
    if (project && roleInProject !== 'NONE') known.projects.push(project);
  }
  return [...organizations.values()];
}
