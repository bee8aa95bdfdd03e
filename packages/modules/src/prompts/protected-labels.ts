import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { deleteProtected, insertProtected, listProtected, type Reader } from './store';

/**
 * Labels that are deployed from are protected: a person needs a right of its own to put them on another version
 * or to delete the version they are on. Keys of the project hold it, as programs deploy.
 */
export async function requireLabels(
  db: Reader,
  access: ProjectAccess,
  labels: readonly string[],
): Promise<void> {
  if (labels.length === 0 || access.scopes.has('prompts:move-protected-labels')) return;
  const guarded = await listProtected(db, access.projectId);
  const label = labels.find((candidate) => guarded.includes(candidate));
  if (label === undefined) return;
  throw new ApiError(
    'forbidden',
    `The label '${label}' is protected in this project: it needs the right prompts:move-protected-labels. Ask an owner or admin.`,
  );
}

type Deps = { relational: Pick<Relational, 'db'> };

export async function listProtectedLabels(
  { relational: { db } }: Deps,
  access: ProjectAccess,
): Promise<string[]> {
  requireScope(access, 'prompts:read');
  return listProtected(db, access.projectId);
}

/** Does nothing when the label is protected already. */
export const protectLabel = (deps: Deps, access: ProjectAccess, label: string): Promise<void> =>
  change(deps, access, label, 'protect');

/** Does nothing when the label is not protected. */
export const unprotectLabel = (deps: Deps, access: ProjectAccess, label: string): Promise<void> =>
  change(deps, access, label, 'unprotect');

async function change(
  { relational: { db } }: Deps,
  access: ProjectAccess,
  label: string,
  what: 'protect' | 'unprotect',
): Promise<void> {
  requireScope(access, 'prompts:protect-labels');
  await db.transaction(async (transaction) => {
    const write = what === 'protect' ? insertProtected : deleteProtected;
    if (!(await write(transaction, access.projectId, label))) return;
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId: access.projectId,
      action: `prompts.${what}-label`,
      resourceType: 'prompt-label',
      resourceId: label,
    });
  });
}
