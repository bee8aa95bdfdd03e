import type { BodyOf, NamedEvaluator, defineEvaluator as operation } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { addEvaluator, readDefinition } from './create-evaluator';
import type { Definition } from './evaluator';
import { flattenOutput } from './evaluator-wire';
import { getNamedEvaluator } from './get-evaluator';
import { findEvaluatorByName, lockProject } from './store';
import { reviseEvaluator } from './update-evaluator';

/** Creates the evaluator of this name and type, or its next version. */
export async function defineEvaluator(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<NamedEvaluator> {
  requireScope(access, 'evaluators:create');
  const definition = toDefinition(body);
  const id = await relational.db.transaction(async (transaction) => {
    await lockProject(transaction, access.projectId);
    const stored = await findEvaluatorByName(transaction, access.projectId, body.name, definition.type);
    if (!stored) {
      return addEvaluator(transaction, access, { name: body.name, description: null, definition });
    }
    await reviseEvaluator(transaction, access, stored, { definition });
    return stored.evaluator.id;
  });
  return getNamedEvaluator({ relational }, access, id);
}

const toDefinition = (body: BodyOf<typeof operation>): Definition =>
  body.type === 'code'
    ? readDefinition(body)
    : readDefinition({
        type: body.type,
        prompt: body.prompt,
        modelConfig: body.modelConfig,
        variableMapping: body.mapping,
        outputDefinition: flattenOutput(body.outputDefinition),
      });
