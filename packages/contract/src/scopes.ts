import { z } from 'zod';

/**
 * What is asked of an organization's key: the administration of the organization and of its projects. An
 * operation with one of these is mounted with `organization()`.
 */
export const organizationScopes = [
  'organization-projects:read',
  'organization-projects:create',
  'organization-projects:update',
  'organization-projects:delete',
  'organization-api-keys:read',
  'project-api-keys:read',
  'project-api-keys:create',
  'project-api-keys:delete',
  'organization-members:read',
  'organization-members:update',
  'organization-members:delete',
  'project-members:read',
  'project-members:update',
  'project-members:delete',
  /** SCIM: people whom an identity provider adds to the organization and removes from it. */
  'organization-users:read',
  'organization-users:create',
  'organization-users:update',
  'organization-users:delete',
  'blob-storage-integrations:read',
  'blob-storage-integrations:upsert',
  'blob-storage-integrations:delete',
] as const;

/**
 * What an operation asks of who calls it, `<noun>:<verb>`; closed, so that a new right is a line here and a
 * decision about every role below.
 */
export const scopes = [
  /** Nobody needs to be known. */
  'anyone',
  /** A person with a session, whatever their role. */
  'signed-in',
  /** The holder of the installation's admin key: mounted with `admin()`. */
  'instance:administer',
  ...organizationScopes,
  'traces:ingest',
  'traces:read',
  'traces:delete',
  /** Showing a trace to everybody who has its link, and taking that back. */
  'traces:publish',
  'traces:tag',
  'scores:ingest',
  'scores:read',
  'scores:delete',
  'score-configs:read',
  'score-configs:create',
  'score-configs:update',
  'models:read',
  'models:create',
  'models:delete',
  'comments:read',
  'comments:create',
  'annotation-queues:read',
  'annotation-queues:create',
  /** The items of a queue. */
  'annotation-queues:update',
  'annotation-queues:assign',
  /** Datasets with their items and runs. */
  'datasets:read',
  'datasets:create',
  'datasets:delete',
  'experiments:read',
  'evaluators:read',
  'evaluators:create',
  'evaluators:update',
  'evaluators:delete',
  'evaluation-rules:read',
  'evaluation-rules:create',
  'evaluation-rules:update',
  'evaluation-rules:delete',
  /** Prompts with their versions and labels. */
  'prompts:read',
  'prompts:create',
  'prompts:update',
  'prompts:delete',
  /** Putting a protected label on another version. */
  'prompts:move-protected-labels',
  /** Saying which labels are protected. */
  'prompts:protect-labels',
  'media:read',
  'media:upload',
  /** Sums and counts of what is recorded, in charts and reports. */
  'metrics:read',
  /** The shared ones, and one's own: these may be changed too. */
  'saved-views:read',
  /** Changing what the project shares. */
  'saved-views:share',
  /** Dashboards with their placements, and the widgets on them. */
  'dashboards:read',
  'dashboards:create',
  'dashboards:update',
  'dashboards:delete',
  /** How a project reaches providers of models; their secrets are never returned. */
  'llm-connections:read',
  'llm-connections:upsert',
  'llm-connections:delete',
  'skills:read',
  'skills:create',
  'skills:update',
  'skills:delete',
  'feedback:submit',
  /** The MCP server; every tool asks for the right of its operation as well. */
  'mcp:call',
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

const viewer: readonly Scope[] = [
  'traces:read',
  'scores:read',
  'score-configs:read',
  'models:read',
  'comments:read',
  'annotation-queues:read',
  'datasets:read',
  'experiments:read',
  'prompts:read',
  'evaluators:read',
  'evaluation-rules:read',
  'media:read',
  'metrics:read',
  'dashboards:read',
  'saved-views:read',
  'skills:read',
  'projects:read',
];
const member: readonly Scope[] = [
  ...viewer,
  'traces:publish',
  'traces:tag',
  'scores:ingest',
  'scores:delete',
  'score-configs:create',
  'score-configs:update',
  'models:create',
  'models:delete',
  'comments:create',
  'annotation-queues:create',
  'annotation-queues:update',
  'datasets:create',
  'datasets:delete',
  'evaluators:create',
  'evaluators:update',
  'evaluators:delete',
  'evaluation-rules:create',
  'evaluation-rules:update',
  'evaluation-rules:delete',
  'prompts:create',
  'prompts:update',
  'prompts:delete',
  'dashboards:create',
  'dashboards:update',
  'dashboards:delete',
  'saved-views:share',
  'skills:create',
  'skills:update',
  'skills:delete',
  'feedback:submit',
  'llm-connections:read',
  'api-keys:read',
];
const admin: readonly Scope[] = [
  ...member,
  'prompts:move-protected-labels',
  'prompts:protect-labels',
  'annotation-queues:assign',
  'traces:ingest',
  'traces:delete',
  'media:upload',
  'llm-connections:upsert',
  'llm-connections:delete',
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
  'traces:publish',
  'traces:tag',
  'scores:ingest',
  'scores:read',
  'scores:delete',
  'score-configs:read',
  'models:read',
  'comments:read',
  'annotation-queues:read',
  'score-configs:create',
  'score-configs:update',
  'models:create',
  'models:delete',
  'comments:create',
  'annotation-queues:create',
  'annotation-queues:update',
  'annotation-queues:assign',
  'datasets:read',
  'datasets:create',
  'datasets:delete',
  'experiments:read',
  'evaluators:read',
  'evaluators:create',
  'evaluators:update',
  'evaluators:delete',
  'evaluation-rules:read',
  'evaluation-rules:create',
  'evaluation-rules:update',
  'evaluation-rules:delete',
  'prompts:read',
  'prompts:create',
  'prompts:update',
  'prompts:delete',
  'prompts:move-protected-labels',
  'media:read',
  'media:upload',
  'metrics:read',
  'dashboards:read',
  'dashboards:create',
  'dashboards:update',
  'dashboards:delete',
  'saved-views:read',
  'saved-views:share',
  'llm-connections:read',
  'llm-connections:upsert',
  'llm-connections:delete',
  'skills:read',
  'skills:create',
  'skills:update',
  'skills:delete',
  'feedback:submit',
  'mcp:call',
  'projects:read',
]);

/** An organization's key administers it and its projects, and reads none of their data. */
export const scopesOfOrganizationKey: ReadonlySet<Scope> = new Set<Scope>(organizationScopes);

/** The installation's admin key, on a route of the instance. */
export const scopesOfInstanceAdmin: ReadonlySet<Scope> = new Set<Scope>(['instance:administer']);

/** The installation's admin key, where it names a project by header: only what scripts set up this way. */
export const scopesOfInstanceAdminInProject: ReadonlySet<Scope> = new Set<Scope>(
  scopes.filter((scope) => /^(?:models|llm-connections):/.test(scope)),
);

/** Who can hold a scope at all, and so how its operation is mounted. */
export type ScopeHolder = 'anyone' | 'person' | 'project' | 'organization' | 'instance-admin';
export function holderOf(scope: Scope): ScopeHolder {
  if (scope === 'anyone') return 'anyone';
  if (scope === 'signed-in') return 'person';
  if (scope === 'instance:administer') return 'instance-admin';
  return scopesOfOrganizationKey.has(scope) ? 'organization' : 'project';
}

/** A public key alone stands in browsers: it may judge, and read nothing. */
export const scopesOfPublicKey: ReadonlySet<Scope> = new Set(['scores:ingest']);
