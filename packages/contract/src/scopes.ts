import { z } from 'zod';

/**
 * What an operation asks of who calls it, `<noun>:<verb>`; closed, so that a new right is a line here and a
 * decision about every role below.
 */
export const scopes = [
  /** Nobody needs to be known. */
  'anyone',
  /** A person with a session, whatever their role. */
  'signed-in',
  'traces:ingest',
  'traces:read',
  'traces:delete',
  'scores:ingest',
  'scores:read',
  'scores:delete',
  'projects:read',
  'api-keys:read',
  'api-keys:create',
  'api-keys:delete',
  'audit-log:read',
] as const;
export type Scope = (typeof scopes)[number];

/** From all to nothing; NONE is a member who sees only what a project grants. */
export const roles = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'NONE'] as const;
export type Role = (typeof roles)[number];
export const role = z.enum(roles);

const viewer: readonly Scope[] = ['traces:read', 'scores:read', 'projects:read'];
const member: readonly Scope[] = [...viewer, 'scores:ingest', 'scores:delete', 'api-keys:read'];
const admin: readonly Scope[] = [
  ...member,
  'traces:ingest',
  'traces:delete',
  'api-keys:create',
  'api-keys:delete',
  'audit-log:read',
];

export const scopesOfRole: Record<Role, ReadonlySet<Scope>> = {
  OWNER: new Set(admin),
  ADMIN: new Set(admin),
  MEMBER: new Set(member),
  VIEWER: new Set(viewer),
  NONE: new Set(),
};

/** A project's key is for programs: all of the project's data, nothing of its administration. */
export const scopesOfProjectKey: ReadonlySet<Scope> = new Set([
  'traces:ingest',
  'traces:read',
  'traces:delete',
  'scores:ingest',
  'scores:read',
  'scores:delete',
  'projects:read',
]);

/** A public key alone stands in browsers: it may judge, and read nothing. */
export const scopesOfPublicKey: ReadonlySet<Scope> = new Set(['scores:ingest']);
