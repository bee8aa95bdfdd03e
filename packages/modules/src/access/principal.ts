import {
  ApiError,
  type Role,
  type Scope,
  scopesOfInstanceAdmin,
  scopesOfInstanceAdminInProject,
  scopesOfOrganizationKey,
  scopesOfProjectKey,
  scopesOfPublicKey,
  scopesOfRole,
} from '@tracewell/contract';

/** Who calls: a program with a key, or a person with a session. */
export type Principal = ProjectKey | PublicKey | OrganizationKey | Person;

/** Both halves of a project's key. */
export interface ProjectKey {
  kind: 'project-key';
  apiKeyId: string;
  publicKey: string;
  projectId: string;
  organizationId: string;
}

/** The public half alone, as browsers hold it. */
export interface PublicKey extends Omit<ProjectKey, 'kind'> {
  kind: 'public-key';
}

export interface OrganizationKey {
  kind: 'organization-key';
  apiKeyId: string;
  publicKey: string;
  organizationId: string;
}

export interface Person {
  kind: 'person';
  userId: string;
  email: string;
  name: string;
}

/** A principal that was let into one project; what every verb on a project's data takes. */
export interface ProjectAccess {
  projectId: string;
  organizationId: string;
  scopes: ReadonlySet<Scope>;
  actor: Actor;
}

/** A principal that may administer one organization; what every verb on an organization takes. */
export interface OrganizationAccess {
  organizationId: string;
  scopes: ReadonlySet<Scope>;
  actor: Actor;
}

/** The holder of the installation's admin key. */
export interface AdminAccess {
  scopes: ReadonlySet<Scope>;
  actor: Actor;
}

/** As the audit log writes it. */
export interface Actor {
  kind: 'user' | 'api-key' | 'system';
  id: string;
}

export const accessOfKey = (key: ProjectKey | PublicKey): ProjectAccess => ({
  projectId: key.projectId,
  organizationId: key.organizationId,
  scopes: key.kind === 'project-key' ? scopesOfProjectKey : scopesOfPublicKey,
  actor: { kind: 'api-key', id: key.publicKey },
});

export const accessOfOrganizationKey = (key: OrganizationKey): OrganizationAccess => ({
  organizationId: key.organizationId,
  scopes: scopesOfOrganizationKey,
  actor: { kind: 'api-key', id: key.publicKey },
});

/** One key for the whole installation: the audit log knows no more of who used it. */
const instanceAdmin: Actor = { kind: 'system', id: 'instance-admin' };

export const accessOfInstanceAdmin: AdminAccess = { scopes: scopesOfInstanceAdmin, actor: instanceAdmin };

/** The installation's admin key in the project that a header names: for the few routes the wire opens to it. */
export const accessOfInstanceAdminTo = (project: {
  projectId: string;
  organizationId: string;
}): ProjectAccess => ({ ...project, scopes: scopesOfInstanceAdminInProject, actor: instanceAdmin });

export const accessOfMember = (
  person: Person,
  project: { projectId: string; organizationId: string; role: Role },
): ProjectAccess => ({
  projectId: project.projectId,
  organizationId: project.organizationId,
  scopes: scopesOfRole[project.role],
  actor: { kind: 'user', id: person.userId },
});

/** Throws `forbidden` unless the access holds the scope. */
export function requireScope(access: Pick<ProjectAccess, 'scopes' | 'actor'>, scope: Scope): void {
  if (access.scopes.has(scope)) return;
  throw new ApiError('forbidden', refusals[access.actor.kind](scope));
}

const refusals: Record<Actor['kind'], (scope: Scope) => string> = {
  user: (scope) =>
    `Your role in this organization does not hold the right ${scope}. Ask an owner or admin to change it.`,
  'api-key': (scope) =>
    `This key may not do this: it needs the right ${scope}. Use the secret key of the project, or sign in.`,
  system: (scope) =>
    `The admin key of this installation does not hold the right ${scope} here. Use the secret key of the project.`,
};
