import type { BodyOf, EvaluationRule, createEvaluationRule as operation } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { lockProject } from '../evaluators/index';
import { getEvaluationRule } from './get-evaluation-rule';
import { addRule, readAssignments } from './write-rule';

/** Throws `conflict` beyond `maxEnabledRules`. */
export async function createEvaluationRule(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<EvaluationRule> {
  requireScope(access, 'evaluation-rules:create');
  const { evaluatorAssignments, sampling = 1, filter = [], ...fields } = body;
  const id = await relational.db.transaction(async (transaction) => {
    await lockProject(transaction, access.projectId);
    const assignments = await readAssignments(transaction, access, evaluatorAssignments.map(toSent));
    return addRule(transaction, access, { ...fields, sampling, filter, assignments });
  });
  return getEvaluationRule({ relational }, access, id);
}

type Assignment = BodyOf<typeof operation>['evaluatorAssignments'][number];
export const toSent = ({ evaluatorId, variableMapping }: Assignment) => ({
  evaluatorId,
  mapping: variableMapping,
});
