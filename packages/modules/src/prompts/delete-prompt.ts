import { ApiError, type deletePrompt as operation, type QueryOf } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { checkComposition } from './compose-prompt';
import { findDependents } from './dependency-store';
import { describeTag } from './dependency-tags';
import { latestLabel } from './prompt';
import { requireLabels } from './protected-labels';
import { asInvalidRequest } from './resolve-prompt';
import {
  assignLabels,
  deletePromptRow,
  deleteVersions,
  findPrompt,
  findVersion,
  findVersionsOf,
  lockPrompts,
  type Transaction,
} from './store';

/** Dependents that a refusal names. */
const namedDependents = 5;

/**
 * Deletes the versions of a prompt that the selector names, all without one. Throws `not_found` when there are
 * none, and `invalid_request` when another prompt refers to one of them, or to a label that would be gone.
 */
export async function deletePrompt(
  { relational: { db } }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  name: string,
  selector: QueryOf<typeof operation>,
): Promise<void> {
  requireScope(access, 'prompts:delete');
  const { projectId } = access;
  await db.transaction(async (transaction) => {
    await lockPrompts(transaction, projectId);
    const prompt = await findPrompt(transaction, projectId, name);
    const versions = prompt ? await findVersionsOf(transaction, prompt.id, selector) : [];
    if (!prompt || versions.length === 0) throw nothingToDelete(name, selector);
    const labels = versions.flatMap((version) => version.labels);
    await requireLabels(transaction, access, labels);
    await deleteVersions(
      transaction,
      versions.map(({ id }) => id),
    );
    const [newest] = await findVersionsOf(transaction, prompt.id);
    await refuseWhileNeeded(transaction, {
      projectId,
      name,
      versions: versions.map(({ version }) => version),
      labels: newest ? labels.filter((label) => label !== latestLabel) : labels,
    });
    if (!newest) await deletePromptRow(transaction, prompt.id);
    else if (!newest.labels.includes(latestLabel)) {
      await assignLabels(transaction, { id: newest.id, promptId: prompt.id }, [latestLabel]);
      const row = (await findVersion(transaction, projectId, name, { version: newest.version }))!;
      await asInvalidRequest(() => checkComposition(transaction, row));
    }
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'prompts.delete',
      resourceType: 'prompt',
      resourceId: prompt.id,
      before: { name, versions: versions.map(({ version }) => version), labels },
    });
  });
}

function nothingToDelete(name: string, { version, label }: QueryOf<typeof operation>): ApiError {
  const parts = [
    version === undefined ? '' : ` with version ${version}`,
    label === undefined ? '' : `${version === undefined ? ' with' : ' and'} label '${label}'`,
  ];
  return new ApiError('not_found', `Prompt not found: '${name}'${parts.join('')}`);
}

async function refuseWhileNeeded(
  transaction: Transaction,
  gone: Parameters<typeof findDependents>[1],
): Promise<void> {
  const dependents = await findDependents(transaction, gone, namedDependents);
  if (dependents.length === 0) return;
  const named = dependents.map(
    ({ name, version, childVersion, childLabel }) =>
      `'${name}' version ${version} refers to ${describeTag({ name: gone.name, version: childVersion, label: childLabel })}`,
  );
  throw new ApiError(
    'invalid_request',
    `Other prompts depend on what would be deleted: ${named.join('; ')}. Delete or change them first.`,
  );
}
