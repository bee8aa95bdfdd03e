import type { ScoreConfig } from '@tracewell/domain';
import { type Body, isAbsent, show } from './json-batch-checks';
import { scoreDataTypeOf, scoreValueRule } from './score-body';

/**
 * What the configs of a project say of a score: checked at the door, where its sender can see it. A score that
 * was taken is never dropped for its config later.
 */

/** Configs by id: null where the project has none of this id; absent where that cannot be known now. */
export type ScoreConfigs = ReadonlyMap<string, ScoreConfig | null>;

/** What of a score its config speaks of. */
export interface ConfiguredScore {
  configId: string;
  dataType: unknown;
  value: unknown;
}

/** null for a score that names no config. */
export const configuredScoreOf = ({ configId, dataType, value }: Body): ConfiguredScore | null =>
  typeof configId === 'string' && configId !== '' ? { configId, dataType, value } : null;

/** How the score breaks its config, as `path: rule; fix`; null when it does not. */
export function findConfigIssue(score: ConfiguredScore, config: ScoreConfig | null): string | null {
  const { configId, dataType, value } = score;
  if (config === null) {
    return `configId: this project has no score config ${show(configId)}; GET /api/public/score-configs lists those it has`;
  }
  const named = `the score config ${show(config.name)}`;
  if (config.isArchived) {
    return `configId: ${named} is archived; use another one, or set its isArchived to false`;
  }
  if (!isAbsent(dataType) && dataType !== config.dataType) {
    return `dataType: must be ${config.dataType} as ${named} says, is ${show(dataType)}; change it or leave it out`;
  }
  if (scoreDataTypeOf(value, config.dataType) === null) {
    return `value: must be ${scoreValueRule(config.dataType)} for dataType ${config.dataType} of ${named}, is ${show(value)}`;
  }
  if (typeof value === 'number') return findRangeIssue(value, config, named);
  if (config.dataType !== 'CATEGORICAL') return null;
  const labels = config.categories?.map(({ label }) => label) ?? [];
  if (labels.some((label) => label === value)) return null;
  return `value: must be a category of ${named} (${showLabels(labels)}), is ${show(value)}`;
}

function findRangeIssue(value: number, { minValue, maxValue }: ScoreConfig, named: string): string | null {
  if (minValue !== null && value < minValue) {
    return `value: must be at least ${minValue} as ${named} says, is ${value}`;
  }
  if (maxValue !== null && value > maxValue) {
    return `value: must be at most ${maxValue} as ${named} says, is ${value}`;
  }
  return null;
}

/** An answer names the first labels of a long list. */
const maxShownLabels = 10;
const showLabels = (labels: readonly string[]): string =>
  labels.slice(0, maxShownLabels).map(show).join(', ') + (labels.length > maxShownLabels ? ' …' : '');
