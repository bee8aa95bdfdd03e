import {
  type AnswerOf,
  type BodyOf,
  holderOf,
  type Operation,
  type ParamsOf,
  type QueryOf,
  type ScopeHolder,
} from '@tracewell/contract';
import type { AdminAccess, OrganizationAccess, Person, ProjectAccess } from '@tracewell/modules/access/index';
import type { Context, Hono } from 'hono';
import type { z } from 'zod';
import {
  admitInstanceAdmin,
  admitKey,
  admitOrganizationKey,
  admitToProject,
  requirePerson,
} from './authenticate';
import type { ApiDeps } from './deps';
import { describeFailure, InvalidInput, type RequestPart } from './failure';
import { readJson } from './read-body';
import { type ErrorContract, json, respondFailure } from './respond';

/** A request that passed the door: known caller, held right, valid input. */
export interface Call<O extends Operation> {
  params: ParamsOf<O>;
  query: QueryOf<O>;
  body: BodyOf<O>;
  request: Request;
}
type Answer<O extends Operation> = AnswerOf<O> | Response;

/** Mounts operations; every one goes through the same steps, and none can be mounted without its scope. */
export interface Api {
  /** For anybody. */
  open<O extends Operation>(operation: O, handle: (call: Call<O>) => Promise<Answer<O>>): void;
  /** For a person with a session. */
  personal<O extends Operation>(
    operation: O,
    handle: (call: Call<O>, person: Person) => Promise<Answer<O>>,
  ): void;
  /** For whoever holds the operation's scope in the project of the key or of the path. */
  project<O extends Operation>(
    operation: O,
    handle: (call: Call<O>, access: ProjectAccess) => Promise<Answer<O>>,
  ): void;
  /** For the key of an organization; the verb finds out whether a project of the path is the organization's. */
  organization<O extends Operation>(
    operation: O,
    handle: (call: Call<O>, access: OrganizationAccess) => Promise<Answer<O>>,
  ): void;
  /** For the holder of the installation's admin key. */
  admin<O extends Operation>(
    operation: O,
    handle: (call: Call<O>, access: AdminAccess) => Promise<Answer<O>>,
  ): void;
  /** What is mounted. */
  readonly mounted: ReadonlySet<Operation>;
}

export function createMount(app: Hono, deps: ApiDeps): Api {
  const mounted = new Set<Operation>();

  function mount(
    operation: Operation,
    handle: (context: Context, request: Request) => Promise<unknown>,
  ): void {
    mounted.add(operation);
    const [status = 200] = Object.keys(operation.responses).map(Number);
    app.on(operation.method, honoPath(operation.path), async (context) => {
      const startedAt = performance.now();
      const response = await answer(operation, () => handle(context, context.req.raw), status);
      deps.metrics.request(operation.id, response.status, (performance.now() - startedAt) / 1000);
      return response;
    });
  }

  async function answer(
    operation: Operation,
    run: () => Promise<unknown>,
    status: number,
  ): Promise<Response> {
    try {
      const result = await run();
      return result instanceof Response ? result : json(result, status);
    } catch (error) {
      const failure = describeFailure(error);
      if (failure.code === 'internal') deps.onInternalError(failure.cause, operation.id);
      return respondFailure(failure, contractOf(operation.path));
    }
  }

  async function parse<O extends Operation>(operation: O, context: Context): Promise<Call<O>> {
    const { params, query, rawBody } = operation;
    const body = rawBody ? undefined : operation.body;
    return {
      params: parsePart('path', params, context.req.param()) as ParamsOf<O>,
      query: parsePart('query', query, readQuery(context)) as QueryOf<O>,
      body: parsePart(
        'body',
        body,
        body && (await readJson(context.req.raw, deps.config.limits.body)),
      ) as BodyOf<O>,
      request: context.req.raw,
    };
  }

  function requireKind(operation: Operation, kind: MountKind): void {
    const needed = mountOf[holderOf(operation.scope)];
    if (kind === needed) return;
    throw new Error(`${operation.id} has scope ${operation.scope}: mount it with ${needed}()`);
  }

  return {
    mounted,
    open(operation, handle) {
      requireKind(operation, 'open');
      mount(operation, async (context) => handle(await parse(operation, context)));
    },
    personal(operation, handle) {
      requireKind(operation, 'personal');
      mount(operation, async (context, request) => {
        const person = await requirePerson(deps, request);
        return handle(await parse(operation, context), person);
      });
    },
    project(operation, handle) {
      requireKind(operation, 'project');
      mount(operation, async (context, request) => {
        const { projectId } = context.req.param() as Record<string, string | undefined>;
        const access = operation.path.startsWith('/api/v1/')
          ? await admitToProject(deps, operation, request, projectId ?? '')
          : await admitKey(deps, operation, request.headers);
        return handle(await parse(operation, context), access);
      });
    },
    organization(operation, handle) {
      requireKind(operation, 'organization');
      mount(operation, async (context, request) => {
        const access = await admitOrganizationKey(deps, operation, request.headers);
        return handle(await parse(operation, context), access);
      });
    },
    admin(operation, handle) {
      requireKind(operation, 'admin');
      mount(operation, async (context, request) => {
        const access = admitInstanceAdmin(deps, operation, request.headers);
        return handle(await parse(operation, context), access);
      });
    },
  };
}

type MountKind = Exclude<keyof Api, 'mounted'>;
const mountOf: Record<ScopeHolder, MountKind> = {
  anyone: 'open',
  person: 'personal',
  project: 'project',
  organization: 'organization',
  'instance-admin': 'admin',
};

export const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

export function contractOf(path: string): ErrorContract {
  if (path.startsWith('/api/v1/')) return 'screens';
  if (path.startsWith('/api/public/scim/')) return 'scim';
  if (organizationPaths.test(path)) return 'organization';
  if (path.startsWith('/api/public/unstable/evaluat')) return 'fine';
  if (structuredPaths.test(path)) return 'structured';
  return path === '/api/public/ingestion' ? 'ingestion' : 'public';
}

const organizationPaths =
  /^\/api\/(?:admin|public\/organizations|public\/projects\/[^/]+\/memberships)(?:\/|$)/;

/** What the operation takes of this part; nothing where it takes nothing. Throws `InvalidInput`. */
function parsePart(place: RequestPart, schema: z.ZodType | undefined, value: unknown): unknown {
  const parsed = schema?.safeParse(value);
  if (!parsed || parsed.success) return parsed?.data;
  throw new InvalidInput(place, parsed.error);
}

const structuredPaths = /^\/api\/public\/(?:unstable|v2\/evaluators|v2\/evaluation-rules)(?:\/|$)/;

/** One text, or a list where a parameter is repeated; `name[]` is the spelling of some clients. */
function readQuery(context: Context): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [name, values] of Object.entries(context.req.queries())) {
    const [only] = values;
    query[name.endsWith('[]') ? name.slice(0, -2) : name] = values.length === 1 ? only! : values;
  }
  return query;
}
