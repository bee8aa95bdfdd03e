import { ApiError, type Operation } from '@tracewell/contract';
import { accessOfKey, type Person, type ProjectAccess, requireScope } from '@tracewell/modules/access/index';
import { findPerson } from '@tracewell/modules/accounts/index';
import { admitPerson } from '@tracewell/modules/organizations/index';
import type { ApiDeps } from './deps';

type AuthDeps = Pick<ApiDeps, 'auth' | 'keyLookup' | 'relational'>;

/** The project a key speaks for, with the right the operation needs. Throws `unauthorized` or `forbidden`. */
export async function admitKey(
  deps: AuthDeps,
  operation: Operation,
  authorization: string | undefined,
): Promise<ProjectAccess> {
  const key = await deps.keyLookup.identify(authorization);
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
    const access = await admitKey(deps, operation, authorization);
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
