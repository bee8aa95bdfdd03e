import type { BodyOf, updatePromptVersion as operation, Prompt } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { checkComposition } from './compose-prompt';
import { promptNotFound } from './get-prompt';
import { toPrompt, unique } from './prompt';
import { requireLabels } from './protected-labels';
import { asInvalidRequest } from './resolve-prompt';
import { assignLabels, findVersion, lockPrompts } from './store';

/**
 * Gives labels to a version, which keeps those it has. Throws `not_found`, and `invalid_request` when prompts
 * that refer to it by such a label would then refer to themselves.
 */
export async function updatePromptVersion(
  { relational: { db } }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  { name, version }: { name: string; version: number },
  body: BodyOf<typeof operation>,
): Promise<Prompt> {
  requireScope(access, 'prompts:update');
  const { projectId } = access;
  return db.transaction(async (transaction) => {
    await lockPrompts(transaction, projectId);
    const before = await findVersion(transaction, projectId, name, { version });
    if (!before) throw promptNotFound(name, { version });
    const newLabels = unique(body.newLabels).filter((label) => !before.labels.includes(label));
    if (newLabels.length === 0) return toPrompt(before);
    await requireLabels(transaction, access, newLabels);
    await assignLabels(transaction, before, newLabels);
    const after = (await findVersion(transaction, projectId, name, { version }))!;
    await asInvalidRequest(() => checkComposition(transaction, after));
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'prompts.update',
      resourceType: 'prompt',
      resourceId: after.id,
      before: { name, version, labels: before.labels },
      after: { name, version, labels: after.labels },
    });
    return toPrompt(after);
  });
}
