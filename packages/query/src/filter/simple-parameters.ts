import type { Condition, Microseconds } from '@tracewell/domain';

/**
 * Parameters and filter as one filter: a condition of the filter on a column replaces the parameter of the same
 * column, all other parameters hold beside it. `aliases` maps other names of a column to the one used here.
 */
export function mergeFilter(
  parameters: readonly (Condition | undefined)[],
  filter: readonly Condition[],
  aliases: Readonly<Record<string, string>> = {},
): Condition[] {
  const canonical = (column: string): string => (Object.hasOwn(aliases, column) ? aliases[column]! : column);
  const named = new Set(filter.map(({ column }) => canonical(column)));
  const kept = parameters.filter(
    (parameter): parameter is Condition => parameter !== undefined && !named.has(canonical(parameter.column)),
  );
  return [...kept, ...filter];
}

/** Exactly this text; absent when the parameter is. */
export const equals = (column: string, value: string | undefined): Condition | undefined =>
  value === undefined ? undefined : { type: 'string', column, operator: '=', value };

export const anyOf = (column: string, value: readonly string[] | undefined): Condition | undefined =>
  value === undefined || value.length === 0
    ? undefined
    : { type: 'stringOptions', column, operator: 'any of', value: [...value] };

export const hasAllOf = (column: string, value: readonly string[] | undefined): Condition | undefined =>
  value === undefined || value.length === 0
    ? undefined
    : { type: 'arrayOptions', column, operator: 'all of', value: [...value] };

/** Inclusive from, exclusive to. */
export interface TimeRange {
  from?: Microseconds | undefined;
  to?: Microseconds | undefined;
}
