import type { EvaluationRule, NamedEvaluationRule } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { findEvaluators } from '../evaluators/index';
import { describeNamedRule, describeRule } from './rule-wire';
import type { StoredRule } from './store';
import { requireRule } from './write-rule';

type Deps = { relational: Pick<Relational, 'db'> };

export async function getEvaluationRule(
  { relational }: Deps,
  access: ProjectAccess,
  id: string,
): Promise<EvaluationRule> {
  requireScope(access, 'evaluation-rules:read');
  return describeRule(await requireRule(relational.db, access, id));
}

export async function getNamedEvaluationRule(
  { relational }: Deps,
  access: ProjectAccess,
  id: string,
): Promise<NamedEvaluationRule> {
  requireScope(access, 'evaluation-rules:read');
  const stored = await requireRule(relational.db, access, id);
  return describeNamedRule(stored, await evaluatorsOf({ relational }, access, [stored]));
}

/** By id, all that these rules name. */
export async function evaluatorsOf(
  { relational }: Deps,
  access: ProjectAccess,
  rules: readonly StoredRule[],
) {
  const ids = new Set(rules.flatMap(({ assignments }) => assignments.map(({ evaluatorId }) => evaluatorId)));
  const found = await findEvaluators(relational.db, access.projectId, [...ids]);
  return new Map(found.map((stored) => [stored.evaluator.id, stored]));
}
