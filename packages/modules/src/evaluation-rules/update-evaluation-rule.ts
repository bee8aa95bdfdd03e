import type { BodyOf, EvaluationRule, updateEvaluationRule as operation } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { lockProject } from '../evaluators/index';
import { toSent } from './create-evaluation-rule';
import { getEvaluationRule } from './get-evaluation-rule';
import { readAssignments, requireRule, reviseRule } from './write-rule';

/** Changes what is given; lists are replaced whole. */
export async function updateEvaluationRule(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  id: string,
  body: BodyOf<typeof operation>,
): Promise<EvaluationRule> {
  requireScope(access, 'evaluation-rules:update');
  await relational.db.transaction(async (transaction) => {
    await lockProject(transaction, access.projectId);
    const stored = await requireRule(transaction, access, id);
    const { name, enabled, sampling, filter, evaluatorAssignments } = body;
    await reviseRule(transaction, access, stored, {
      ...(name !== undefined && { name }),
      ...(enabled !== undefined && { enabled }),
      ...(sampling !== undefined && { sampling }),
      ...(filter !== undefined && { filter }),
      ...(evaluatorAssignments && {
        assignments: await readAssignments(transaction, access, evaluatorAssignments.map(toSent)),
      }),
    });
  });
  return getEvaluationRule({ relational }, access, id);
}
