import {
  ApiError,
  type BodyOf,
  type changeEvaluationRule as changeOperation,
  type NamedEvaluationRule,
  type defineEvaluationRule as operation,
  StructuredError,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { findEvaluatorByName, lockProject } from '../evaluators/index';
import { getNamedEvaluationRule } from './get-evaluation-rule';
import { joinTarget, splitTarget } from './rule-filter';
import { countRules, type Transaction } from './store';
import { addRule, readAssignments, requireRule, reviseRule, type SentAssignment } from './write-rule';

type Deps = { relational: Pick<Relational, 'db'> };

/** The older generation's way to create a rule: names are unique, evaluators are named. */
export async function defineEvaluationRule(
  { relational }: Deps,
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<NamedEvaluationRule> {
  requireScope(access, 'evaluation-rules:create');
  const id = await relational.db.transaction(async (transaction) => {
    await lockProject(transaction, access.projectId);
    await refuseTakenName(transaction, access, body.name);
    const sent = await findNamed(transaction, access, body);
    return addRule(transaction, access, {
      name: body.name,
      enabled: body.enabled,
      sampling: body.sampling ?? 1,
      filter: joinTarget(body.target, body.filter ?? []),
      assignments: await readAssignments(transaction, access, sent),
    });
  });
  return getNamedEvaluationRule({ relational }, access, id);
}

/** The older generation's way to change one; null and absent fields stay as they are. */
export async function changeEvaluationRule(
  { relational }: Deps,
  access: ProjectAccess,
  id: string,
  body: BodyOf<typeof changeOperation>,
): Promise<NamedEvaluationRule> {
  requireScope(access, 'evaluation-rules:update');
  await relational.db.transaction(async (transaction) => {
    await lockProject(transaction, access.projectId);
    const stored = await requireRule(transaction, access, id);
    if (body.name && body.name !== stored.rule.name) await refuseTakenName(transaction, access, body.name);
    const before = splitTarget(stored.rule.filter);
    const sent = await sentAssignments();
    await reviseRule(transaction, access, stored, {
      ...(body.name && { name: body.name }),
      ...(body.enabled != null && { enabled: body.enabled }),
      ...(body.sampling != null && { sampling: body.sampling }),
      ...((body.filter || body.target) && {
        filter: joinTarget(body.target ?? before.target, body.filter ?? before.filter),
      }),
      ...(sent && { assignments: await readAssignments(transaction, access, sent) }),
    });

    async function sentAssignments(): Promise<SentAssignment[] | null> {
      if (body.evaluator || body.evaluators) return findNamed(transaction, access, body);
      if (!body.mapping) return null;
      const [only, ...others] = stored.assignments;
      if (only && others.length === 0) return [{ evaluatorId: only.evaluatorId, mapping: body.mapping }];
      throw new StructuredError(
        'invalid_request',
        'invalid_body',
        `mapping alone changes a rule with one evaluator; this one has ${stored.assignments.length}. Send evaluators, each with its mapping.`,
        { field: 'mapping' },
      );
    }
  });
  return getNamedEvaluationRule({ relational }, access, id);
}

async function refuseTakenName(transaction: Transaction, access: ProjectAccess, name: string): Promise<void> {
  if ((await countRules(transaction, access.projectId, { name })) === 0) return;
  throw new StructuredError(
    'conflict',
    'name_conflict',
    `An evaluation rule named ${name} exists already. Choose another name, or change that rule.`,
    { field: 'name', value: name },
  );
}

/** Throws `not_found` for a name that no evaluator has. */
async function findNamed(
  transaction: Transaction,
  access: ProjectAccess,
  body: Pick<BodyOf<typeof changeOperation>, 'evaluator' | 'evaluators' | 'mapping'>,
): Promise<SentAssignment[]> {
  const named =
    body.evaluators ?? (body.evaluator ? [{ evaluator: body.evaluator, mapping: body.mapping }] : []);
  const sent: SentAssignment[] = [];
  for (const { evaluator, mapping } of named) {
    const stored = await findEvaluatorByName(
      transaction,
      access.projectId,
      evaluator.name,
      evaluator.type ?? undefined,
    );
    if (!stored) {
      throw new ApiError(
        'not_found',
        `No evaluator of this project is named ${evaluator.name}. Create it first.`,
      );
    }
    if (sent.some(({ evaluatorId }) => evaluatorId === stored.evaluator.id)) {
      throw new StructuredError(
        'invalid_request',
        'invalid_body',
        `evaluators names ${evaluator.name} twice. Name each evaluator once.`,
        { field: 'evaluators', evaluatorName: evaluator.name },
      );
    }
    sent.push({ evaluatorId: stored.evaluator.id, mapping });
  }
  return sent;
}
