import type { Role } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { findMembershipOfProject } from './store';

/** The role that counts in the project for a member of its organization; null for everybody else. */
export async function findRoleInProject(
  { relational }: { relational: Pick<Relational, 'db'> },
  userId: string,
  projectId: string,
): Promise<Role | null> {
  return (await findMembershipOfProject(relational.db, userId, projectId))?.role ?? null;
}
