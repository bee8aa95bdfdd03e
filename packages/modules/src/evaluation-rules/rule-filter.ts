import { type RuleFilter, StructuredError } from '@tracewell/contract';
import { observationLevels, observationTypes } from '@tracewell/domain';

/** The columns a rule may look at: each with its one type and, where they are known, its values. */
const columns: Record<string, { type: RuleFilter['type']; values?: readonly string[] }> = {
  type: { type: 'stringOptions', values: observationTypes },
  name: { type: 'stringOptions' },
  environment: { type: 'stringOptions' },
  level: { type: 'stringOptions', values: observationLevels },
  version: { type: 'string' },
  traceName: { type: 'stringOptions' },
  userId: { type: 'string' },
  sessionId: { type: 'string' },
  tags: { type: 'arrayOptions' },
  metadata: { type: 'stringObject' },
  isRootObservation: { type: 'boolean' },
  parentObservationId: { type: 'null' },
  experimentId: { type: 'stringOptions' },
  isExperimentItemRootSpan: { type: 'boolean' },
  calledToolNames: { type: 'arrayOptions' },
  toolCalls: { type: 'number' },
  datasetId: { type: 'stringOptions' },
};

/** Throws `invalid_request` for a column that is unknown, asked in another type, or for values it cannot have. */
export function checkFilter(filter: readonly RuleFilter[]): void {
  for (const { column, type, ...condition } of filter) {
    const known = Object.hasOwn(columns, column) ? columns[column] : undefined;
    if (!known) {
      throw refusal(
        column,
        `A rule cannot filter by ${column}. Its columns: ${Object.keys(columns).join(', ')}.`,
        Object.keys(columns),
      );
    }
    if (known.type !== type) {
      throw refusal(column, `${column} is filtered with type ${known.type}, not ${type}.`, [known.type]);
    }
    if (!known.values || !Array.isArray(condition.value)) continue;
    const wrong = condition.value.filter((value) => !known.values?.includes(String(value)));
    if (wrong.length > 0) {
      throw refusal(
        column,
        `${column} is never ${wrong.join(', ').slice(0, 200)}. Its values: ${known.values.join(', ')}.`,
        known.values,
        wrong.map(String),
      );
    }
  }
}

const refusal = (
  column: string,
  message: string,
  allowedValues: readonly string[],
  invalidValues?: readonly string[],
) =>
  new StructuredError('invalid_request', 'invalid_filter_value', message, {
    field: 'filter',
    column,
    allowedValues,
    ...(invalidValues && { invalidValues }),
  });

/** How a rule for experiments is told from one for all observations: both generations keep the same filter. */
const experimentsOnly: RuleFilter = {
  type: 'boolean',
  column: 'isExperimentItemRootSpan',
  operator: '=',
  value: true,
};
const isExperimentsOnly = (condition: RuleFilter): boolean =>
  condition.column === experimentsOnly.column &&
  condition.type === 'boolean' &&
  (condition.operator === '=') === condition.value;

export type Target = 'observation' | 'experiment';

/** The filter as the older generation sees it: without the condition that its target stands for. */
export const splitTarget = (filter: readonly RuleFilter[]): { target: Target; filter: RuleFilter[] } => ({
  target: filter.some(isExperimentsOnly) ? 'experiment' : 'observation',
  filter: filter.filter((condition) => !isExperimentsOnly(condition)),
});

export const joinTarget = (target: Target, filter: readonly RuleFilter[]): RuleFilter[] => {
  const others = filter.filter((condition) => !isExperimentsOnly(condition));
  return target === 'experiment' ? [experimentsOnly, ...others] : others;
};
