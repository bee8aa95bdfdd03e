import { ApiError, maxScoreCategories, type PublicScoreConfig } from '@tracewell/contract';
import type { ScoreCategory, ScoreConfig } from '@tracewell/domain';
import type { ScoreConfigRow } from './store';

/** The rules that hold between the parts of a config. */

/** True and false have these numbers, whatever a client sends beside the type. */
const booleanCategories: ScoreCategory[] = [
  { label: 'True', value: 1 },
  { label: 'False', value: 0 },
];

export type ConfigShape = Pick<ScoreConfig, 'dataType' | 'minValue' | 'maxValue'> & {
  categories: ScoreCategory[] | null;
};

/** The config as it is kept. Throws `invalid_request` when its parts do not go together. */
export function settleConfig<Config extends ConfigShape>(config: Config): Config {
  const { dataType, minValue, maxValue, categories } = config;
  if (dataType !== 'NUMERIC' && (minValue !== null || maxValue !== null)) {
    throw refusal(
      'minValue',
      `minValue and maxValue go with dataType NUMERIC, not ${dataType}; leave them out`,
    );
  }
  if (minValue !== null && maxValue !== null && maxValue <= minValue) {
    throw refusal('maxValue', `must be greater than minValue (${minValue}), is ${maxValue}`);
  }
  if (dataType === 'BOOLEAN') return { ...config, categories: booleanCategories };
  if (dataType === 'CATEGORICAL') checkCategories(categories);
  else if (categories?.length) {
    throw refusal('categories', `go with dataType CATEGORICAL, not ${dataType}; leave them out`);
  }
  return { ...config, categories: dataType === 'CATEGORICAL' ? categories : null };
}

function checkCategories(categories: ScoreCategory[] | null): void {
  if (!categories?.length) {
    throw refusal('categories', `must hold 1 to ${maxScoreCategories} categories for dataType CATEGORICAL`);
  }
  for (const part of ['label', 'value'] as const) {
    const seen = new Set<string | number>();
    for (const category of categories) {
      if (seen.has(category[part])) {
        throw refusal(
          'categories',
          `each ${part} may stand once, ${JSON.stringify(category[part])} stands twice`,
        );
      }
      seen.add(category[part]);
    }
  }
}

const refusal = (path: string, message: string) =>
  new ApiError('invalid_request', `Invalid request data. ${path}: ${message}`, [{ path, message }]);

export const toPublicConfig = (row: ScoreConfigRow): PublicScoreConfig => ({
  id: row.id,
  name: row.name,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  projectId: row.projectId,
  dataType: row.dataType,
  isArchived: row.isArchived,
  minValue: row.minValue,
  maxValue: row.maxValue,
  categories: row.categories,
  description: row.description,
});

export const configNotFound = (configId: string) =>
  new ApiError('not_found', `Score config ${configId} not found within authorized project`);
