import {
  ApiError,
  type Role,
  type Scope,
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
export function requireScope(access: ProjectAccess, scope: Scope): void {
  if (access.scopes.has(scope)) return;
  throw new ApiError(
    'forbidden',
    access.actor.kind === 'api-key'
      ? `This key may not do this: it needs the right ${scope}. Use the secret key of the project, or sign in.`
      : `Your role in this organization does not hold the right ${scope}. Ask an owner or admin to change it.`,
  );
}
