import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type Auth, ensureUser } from '../accounts/index';
import { ensureProjectKey } from '../api-keys/index';
import { recordChange } from '../audit-log/index';
import { ensureMember, ensureOrganization } from '../organizations/index';
import { findProject, insertProjectOnce } from './store';

/** All an installation needs to be used, as a person or a deployment names it. */
export interface Provision {
  orgId: string;
  orgName: string;
  projectId: string;
  projectName: string;
  publicKey: string;
  secretKey: string;
  userEmail: string;
  userName: string;
  /** Without one the owner signs in by link only. */
  userPassword?: string;
}

/**
 * Sets up an organization with its owner, a project and a key for it. Run at every start: what exists stays as
 * it is (names, roles, password), and the key is made to be the one given. Returns the owner's id, which
 * `createSignInLink` takes. Throws `conflict` when the project belongs to another organization.
 */
export async function provisionProject(
  deps: { relational: Pick<Relational, 'db'>; auth: Auth; salt: string },
  provision: Provision,
): Promise<{ userId: string }> {
  const userId = await ensureUser(deps.auth, {
    email: provision.userEmail,
    name: provision.userName,
    ...(provision.userPassword !== undefined && { password: provision.userPassword }),
  });
  const { orgId: organizationId, projectId } = provision;
  const before = await findProject(deps.relational.db, projectId);
  if (before && before.organization.id !== organizationId) {
    throw new ApiError(
      'conflict',
      `Project ${projectId} belongs to organization ${before.organization.id}, not ${organizationId}. Give another project id.`,
    );
  }
  await deps.relational.db.transaction(async (transaction) => {
    await ensureOrganization(transaction, { id: organizationId, name: provision.orgName });
    await ensureMember(transaction, { organizationId, userId, role: 'OWNER' });
    await insertProjectOnce(transaction, { id: projectId, organizationId, name: provision.projectName });
    await ensureProjectKey(transaction, {
      publicKey: provision.publicKey,
      secretKey: provision.secretKey,
      projectId,
      salt: deps.salt,
      note: 'Set up with the installation',
    });
    if (!before) {
      await recordChange(transaction, {
        actor: { kind: 'system', id: 'provision' },
        organizationId,
        projectId,
        action: 'projects.provision',
        resourceType: 'project',
        resourceId: projectId,
        after: { name: provision.projectName, publicKey: provision.publicKey },
      });
    }
  });
  return { userId };
}
