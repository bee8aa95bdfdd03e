import { randomUUID } from 'node:crypto';
import {
  type BodyOf,
  type Evaluator,
  type updateEvaluator as operation,
  StructuredError,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { readDefinition } from './create-evaluator';
import type { Definition } from './evaluator';
import { getEvaluator, requireEvaluator } from './get-evaluator';
import { changeEvaluator, insertVersion, lockProject, type StoredEvaluator, type Transaction } from './store';

/** Renames it, or gives it a whole new definition as its next version; its type stays. */
export async function updateEvaluator(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  id: string,
  body: BodyOf<typeof operation>,
): Promise<Evaluator> {
  requireScope(access, 'evaluators:update');
  const definition = 'type' in body ? readDefinition(body) : undefined;
  await relational.db.transaction(async (transaction) => {
    await lockProject(transaction, access.projectId);
    const stored = await requireEvaluator(transaction, access, id);
    await reviseEvaluator(transaction, access, stored, {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.description !== undefined && { description: body.description }),
      ...(definition && { definition }),
    });
  });
  return getEvaluator({ relational }, access, id);
}

/** Pauses that a new definition ends: the others come from the provider's side, and last until that is mended. */
const endedByNewDefinition = ['model_config_invalid', 'model_config_missing'];

/** Within a transaction that holds the project's lock, so that versions are counted one by one. */
export async function reviseEvaluator(
  transaction: Transaction,
  access: ProjectAccess,
  stored: StoredEvaluator,
  change: { name?: string; description?: string | null; definition?: Definition },
): Promise<void> {
  const { evaluator, version } = stored;
  const { definition, ...metadata } = change;
  if (definition && definition.type !== evaluator.type) {
    throw new StructuredError(
      'invalid_request',
      'invalid_body',
      `The type of an evaluator stays: this one is ${evaluator.type}. Create another evaluator for ${definition.type}.`,
      { field: 'type' },
    );
  }
  if (definition) {
    await insertVersion(transaction, {
      id: randomUUID(),
      evaluatorId: evaluator.id,
      version: version.version + 1,
      definition,
      createdByUserId: access.actor.kind === 'user' ? access.actor.id : null,
    });
  }
  const resumes = definition && endedByNewDefinition.includes(evaluator.pausedReason ?? '');
  await changeEvaluator(transaction, access.projectId, evaluator.id, {
    ...metadata,
    ...(resumes && { pausedAt: null, pausedReason: null, pausedMessage: null }),
  });
  await recordChange(transaction, {
    actor: access.actor,
    organizationId: access.organizationId,
    projectId: access.projectId,
    action: 'evaluators.update',
    resourceType: 'evaluator',
    resourceId: evaluator.id,
    before: { name: evaluator.name, description: evaluator.description, ...version.definition },
    after: { ...metadata, ...definition },
  });
}
