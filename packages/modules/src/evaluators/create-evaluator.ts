import { randomUUID } from 'node:crypto';
import type { BodyOf, Evaluator, createEvaluator as operation } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { type Definition, readMapping, toMessages, variablesOf } from './evaluator';
import { withoutEmpty } from './evaluator-wire';
import { getEvaluator } from './get-evaluator';
import { insertEvaluator, insertVersion, type Transaction } from './store';

/** A new evaluator at version 1, whatever others are called. */
export async function createEvaluator(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<Evaluator> {
  requireScope(access, 'evaluators:create');
  const definition = readDefinition(body);
  const id = await relational.db.transaction((transaction) =>
    addEvaluator(transaction, access, { name: body.name, description: body.description ?? null, definition }),
  );
  return getEvaluator({ relational }, access, id);
}

type DefinitionBody =
  BodyOf<typeof operation> extends infer Body
    ? Body extends unknown
      ? Omit<Body, 'name' | 'description'>
      : never
    : never;

/** Throws `invalid_request` for a mapping that does not fit the prompt. */
export function readDefinition(body: DefinitionBody): Definition {
  if (body.type === 'code') {
    const { type, sourceCode, sourceCodeLanguage } = body;
    return { type, sourceCode, sourceCodeLanguage };
  }
  const definition: Definition = {
    type: body.type,
    prompt: toMessages(body.prompt),
    variableMapping: null,
    modelConfig: body.modelConfig ?? null,
    outputDefinition: withoutEmpty(body.outputDefinition),
  };
  if (!body.variableMapping) return definition;
  return { ...definition, variableMapping: readMapping(variablesOf(definition), body.variableMapping) };
}

/** Returns its id. */
export async function addEvaluator(
  transaction: Transaction,
  access: ProjectAccess,
  evaluator: { name: string; description: string | null; definition: Definition },
): Promise<string> {
  const { name, description, definition } = evaluator;
  const id = randomUUID();
  const createdByUserId = access.actor.kind === 'user' ? access.actor.id : null;
  await insertEvaluator(transaction, {
    id,
    projectId: access.projectId,
    name,
    description,
    type: definition.type,
    createdByUserId,
  });
  await insertVersion(transaction, {
    id: randomUUID(),
    evaluatorId: id,
    version: 1,
    definition,
    createdByUserId,
  });
  await recordChange(transaction, {
    actor: access.actor,
    organizationId: access.organizationId,
    projectId: access.projectId,
    action: 'evaluators.create',
    resourceType: 'evaluator',
    resourceId: id,
    after: { name, description, ...definition },
  });
  return id;
}
