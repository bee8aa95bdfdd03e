import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError, type Operation } from '@tracewell/contract';
import {
  type AdminAccess,
  accessOfInstanceAdmin,
  accessOfInstanceAdminTo,
  accessOfKey,
  accessOfOrganizationKey,
  type OrganizationAccess,
  type Person,
  type ProjectAccess,
  requireScope,
} from '@tracewell/modules/access/index';
import { findPerson } from '@tracewell/modules/accounts/index';
import { admitPerson } from '@tracewell/modules/organizations/index';
import { findProject } from '@tracewell/modules/projects/index';
import type { ApiDeps } from './deps';

type AuthDeps = Pick<ApiDeps, 'auth' | 'keyLookup' | 'relational' | 'config'>;

/** The project a key speaks for, with the right the operation needs. Throws `unauthorized` or `forbidden`. */
export async function admitKey(
  deps: AuthDeps,
  operation: Operation,
  headers: Headers,
): Promise<ProjectAccess> {
  if (headers.has(adminKeyHeader)) {
    const access = await admitInstanceAdminToProject(deps, headers);
    requireScope(access, operation.scope);
    return access;
  }
  const key = await deps.keyLookup.identify(headers.get('authorization') ?? undefined);
  if (key.kind === 'organization-key') {
    throw new ApiError(
      'forbidden',
      'The key of an organization opens no project. Use a key of the project: its settings list them.',
    );
  }
  const access = accessOfKey(key);
  requireScope(access, operation.scope);
  return access;
}

/** The organization a key speaks for, with the right the operation needs. Throws `unauthorized` or `forbidden`. */
export async function admitOrganizationKey(
  deps: AuthDeps,
  operation: Operation,
  headers: Headers,
): Promise<OrganizationAccess> {
  const key = await deps.keyLookup.identify(headers.get('authorization') ?? undefined);
  if (key.kind !== 'organization-key') {
    throw new ApiError(
      'forbidden',
      'The key of a project administers no organization. Use a key of the organization: GET /api/admin/organizations/{organizationId}/apiKeys lists them.',
    );
  }
  const access = accessOfOrganizationKey(key);
  requireScope(access, operation.scope);
  return access;
}

/** `Authorization: Bearer <admin key>`. Throws `unauthorized`, or `forbidden` where the installation has no key. */
export function admitInstanceAdmin(
  { config }: AuthDeps,
  operation: Operation,
  headers: Headers,
): AdminAccess {
  const authorization = headers.get('authorization') ?? '';
  requireAdminKey(config, authorization.startsWith('Bearer ') ? authorization.slice(7) : '');
  requireScope(accessOfInstanceAdmin, operation.scope);
  return accessOfInstanceAdmin;
}

/** Scripts that set up many projects send the admin key twice, and the project in a header. */
const adminKeyHeader = 'x-langfuse-admin-api-key';
const adminProjectHeader = 'x-langfuse-project-id';

async function admitInstanceAdminToProject(deps: AuthDeps, headers: Headers): Promise<ProjectAccess> {
  const authorization = headers.get('authorization') ?? '';
  requireAdminKey(deps.config, authorization.startsWith('Bearer ') ? authorization.slice(7) : '');
  requireAdminKey(deps.config, headers.get(adminKeyHeader) ?? '');
  const projectId = headers.get(adminProjectHeader);
  if (!projectId) {
    throw new ApiError(
      'invalid_request',
      `The admin key opens one project at a time: name it in the header ${adminProjectHeader}.`,
    );
  }
  const project = await findProject(deps.relational.db, projectId);
  if (!project) throw new ApiError('not_found', `There is no project ${projectId.slice(0, 200)}.`);
  return accessOfInstanceAdminTo({ projectId, organizationId: project.organization.id });
}

function requireAdminKey({ adminApiKey }: ApiDeps['config'], given: string): void {
  if (!adminApiKey) {
    throw new ApiError(
      'forbidden',
      'This installation has no admin key. Set TRACEWELL_ADMIN_API_KEY in its environment and start it again.',
    );
  }
  if (given && isSame(given, adminApiKey)) return;
  throw new ApiError(
    'unauthorized',
    'Invalid admin key. Send Authorization: Bearer with the TRACEWELL_ADMIN_API_KEY of this installation.',
  );
}

/** In the same time whatever is wrong about the given text: hashes have one length. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(sha256(given), sha256(expected));
const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/**
 * The project of the path, for a person who is signed in or for the project's own key. A key is looked at first:
 * who sends one means it, whatever cookie the browser adds.
 */
export async function admitToProject(
  deps: AuthDeps,
  operation: Operation,
  request: Request,
  projectId: string,
): Promise<ProjectAccess> {
  const authorization = request.headers.get('authorization') ?? undefined;
  if (authorization !== undefined) {
    const access = await admitKey(deps, operation, request.headers);
    if (access.projectId === projectId) return access;
    throw new ApiError(
      'forbidden',
      `This key does not open a project ${projectId}. Use a key of that project.`,
    );
  }
  refuseForeignSite(request);
  const access = await admitPerson(deps, await requirePerson(deps, request), projectId);
  requireScope(access, operation.scope);
  return access;
}

export async function requirePerson(deps: AuthDeps, request: Request): Promise<Person> {
  const person = await findPerson(deps.auth, request.headers);
  if (person) return person;
  throw new ApiError('unauthorized', 'Nobody is signed in. Sign in, or send a project key with Basic.');
}

/**
 * A session is a cookie, and browsers add cookies whoever made the request: a change is taken from our own
 * pages only. Reading needs no such check, as other sites cannot see the answer.
 */
function refuseForeignSite(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const isForeign = site ? site === 'cross-site' : origin !== null && hostOf(origin) !== host;
  if (!isForeign) return;
  throw new ApiError(
    'forbidden',
    'This request comes from another site. Use the pages of this installation, or a key.',
  );
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
