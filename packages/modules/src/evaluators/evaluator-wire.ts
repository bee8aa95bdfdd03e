import type {
  Evaluator,
  EvaluatorVersion,
  NamedEvaluator,
  nestedOutputDefinition,
} from '@tracewell/contract';
import type { z } from 'zod';
import { type Definition, type JudgeDefinition, type Mapping, variablesOf } from './evaluator';
import type { Assignment, StoredEvaluator, VersionRow } from './store';

const creatorOf = (id: string | null, name: string | null) => (id === null ? null : { id, name });

/** As `/api/public/v2` shows it. */
export function describeEvaluator(stored: StoredEvaluator, assignments: readonly Assignment[]): Evaluator {
  const { evaluator, version, creatorName, versionCreatorName } = stored;
  return {
    id: evaluator.id,
    name: evaluator.name,
    description: evaluator.description,
    createdBy: creatorOf(evaluator.createdByUserId, creatorName),
    status: evaluator.pausedAt ? 'paused' : 'active',
    pausedAt: evaluator.pausedAt?.toISOString() ?? null,
    pausedReason: evaluator.pausedReason,
    pausedMessage: evaluator.pausedMessage,
    evaluationRuleAssignments: assignments
      .filter(({ evaluatorId }) => evaluatorId === evaluator.id)
      .map(({ evaluationRuleId, mapping }) => ({
        evaluationRuleId,
        ...(mapping !== null && { variableMappingOverride: mapping as Mapping[] }),
      })),
    createdAt: evaluator.createdAt.toISOString(),
    updatedAt: evaluator.updatedAt.toISOString(),
    versionId: version.id,
    version: version.version,
    versionCreatedAt: version.createdAt.toISOString(),
    versionCreatedBy: creatorOf(version.createdByUserId, versionCreatorName),
    ...describeDefinition(version.definition),
  };
}

export const describeVersion = (version: VersionRow, creatorName: string | null): EvaluatorVersion => ({
  id: version.id,
  version: version.version,
  createdAt: version.createdAt.toISOString(),
  createdBy: creatorOf(version.createdByUserId, creatorName),
  ...describeDefinition(version.definition),
});

const describeDefinition = (definition: Definition) =>
  definition.type === 'code' ? definition : { ...definition, variables: variablesOf(definition) };

/** As `/api/public/unstable` shows it. */
export function describeNamed(stored: StoredEvaluator, assignments: readonly Assignment[]): NamedEvaluator {
  const { evaluator, version } = stored;
  const { definition } = version;
  const base = {
    id: evaluator.id,
    name: evaluator.name,
    version: version.version,
    variables: variablesOf(definition),
    mapping: definition.type === 'code' ? null : definition.variableMapping,
    evaluationRuleCount: assignments.filter(({ evaluatorId }) => evaluatorId === evaluator.id).length,
    createdAt: evaluator.createdAt.toISOString(),
    updatedAt: evaluator.updatedAt.toISOString(),
  };
  if (definition.type === 'code') return { ...base, ...definition };
  return {
    ...base,
    type: 'llm_as_judge',
    // Chat prompts are of the newer generation: this one knows a single text.
    prompt: definition.prompt.map(({ content }) => content).join('\n\n'),
    outputDefinition: nestOutput(definition.outputDefinition),
    modelConfig: definition.modelConfig,
  };
}

type Nested = z.output<typeof nestedOutputDefinition>;

function nestOutput(output: JudgeDefinition['outputDefinition']): Nested {
  const reasoning = { description: output.scoreReasoningInstructions ?? '' };
  const description = output.scoreValueInstructions ?? '';
  if (output.dataType === 'BOOLEAN') return { dataType: 'BOOLEAN', reasoning, score: { description } };
  if (output.dataType === 'NUMERIC') {
    const { minValue, maxValue } = output;
    return {
      dataType: 'NUMERIC',
      reasoning,
      score: { description, ...(minValue != null && { minValue }), ...(maxValue != null && { maxValue }) },
    };
  }
  const { categories, shouldAllowMultipleMatches } = output;
  return {
    dataType: 'CATEGORICAL',
    reasoning,
    score: { description, categories, shouldAllowMultipleMatches },
  };
}

/** Back to the form that is kept. */
export function flattenOutput({ reasoning, score, dataType }: Nested): JudgeDefinition['outputDefinition'] {
  const { description, ...bounds } = score;
  return withoutEmpty({
    dataType,
    scoreReasoningInstructions: reasoning.description || null,
    scoreValueInstructions: description || null,
    ...bounds,
  } as JudgeDefinition['outputDefinition']);
}

/** Fields that say nothing are not kept, as clients of the wire know them as absent. */
export const withoutEmpty = <Value extends object>(value: Value): Value =>
  Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== null && field !== undefined),
  ) as Value;
