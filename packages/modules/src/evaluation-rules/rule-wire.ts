import type { EvaluationRule, NamedEvaluationRule } from '@tracewell/contract';
import type { StoredEvaluator } from '../evaluators/index';
import { splitTarget } from './rule-filter';
import type { StoredRule } from './store';

/** As `/api/public/v2` shows it. */
export const describeRule = ({ rule, creatorName, assignments }: StoredRule): EvaluationRule => ({
  id: rule.id,
  name: rule.name,
  createdBy: rule.createdByUserId === null ? null : { id: rule.createdByUserId, name: creatorName },
  enabled: rule.enabled,
  sampling: rule.sampling,
  // `is null` carries an empty text on the wire.
  filter: rule.filter.map((condition) => ({ ...condition, value: condition.value ?? '' })),
  evaluatorAssignments: assignments.map(({ evaluatorId, mapping }) => ({
    evaluatorId,
    variableMapping: mapping,
  })),
  createdAt: rule.createdAt.toISOString(),
  updatedAt: rule.updatedAt.toISOString(),
});

/** As `/api/public/unstable` shows it; the evaluators are those the rule names. */
export function describeNamedRule(
  { rule, assignments }: StoredRule,
  evaluators: ReadonlyMap<string, StoredEvaluator>,
): NamedEvaluationRule {
  const used = assignments.flatMap(({ evaluatorId, mapping }) => {
    const stored = evaluators.get(evaluatorId);
    if (!stored) return [];
    const { id, name, type } = stored.evaluator;
    return [{ evaluator: { id, name, type }, mapping, stored }];
  });
  const first = used[0];
  const paused = used.find(({ stored }) => stored.evaluator.pausedAt)?.stored.evaluator;
  const definition = first?.stored.version.definition;
  return {
    id: rule.id,
    name: rule.name,
    evaluator: first?.evaluator ?? null,
    enabled: rule.enabled,
    status: !rule.enabled ? 'inactive' : paused ? 'paused' : 'active',
    pausedReason: paused?.pausedReason ?? null,
    pausedMessage: paused?.pausedMessage ?? null,
    sampling: rule.sampling,
    createdAt: rule.createdAt.toISOString(),
    updatedAt: rule.updatedAt.toISOString(),
    evaluators: used.map(({ evaluator, mapping }) => ({ evaluator, mapping })),
    ...splitTarget(rule.filter),
    mapping:
      first?.mapping ?? (definition?.type === 'llm_as_judge' ? (definition.variableMapping ?? []) : []),
  };
}
