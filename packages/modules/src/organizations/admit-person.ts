import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { accessOfMember, type Person, type ProjectAccess } from '../access/index';
import { findMembershipOfProject } from './store';

/**
 * What the person may do in the project. Throws `forbidden`, in the same words whether the project does not
 * exist or is not theirs: who asks learns nothing about other people's projects.
 */
export async function admitPerson(
  deps: { relational: Pick<Relational, 'db'> },
  person: Person,
  projectId: string,
): Promise<ProjectAccess> {
  const membership = await findMembershipOfProject(deps.relational.db, person.userId, projectId);
  if (!membership) {
    throw new ApiError(
      'forbidden',
      `You have no access to a project ${projectId}. Ask its owner to invite you.`,
    );
  }
  return accessOfMember(person, membership);
}
