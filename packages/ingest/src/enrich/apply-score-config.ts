import type { Score, ScoreConfig } from '@tracewell/domain';
import { scoreDataTypeOf } from '../receive/score-body';

/**
 * What a score is told by its config: its name, its type where the sender named none, and the number of its
 * category. Pure. A score that does not fit its config was taken when the config could not be asked, or was
 * another: it stays as it was given.
 */
export function applyScoreConfig(score: Score, config: ScoreConfig): Score {
  const { name, dataType } = config;
  if (dataType === score.dataType) return { ...score, name, value: numberOf(score, config) };
  const given = score.dataType === 'NUMERIC' ? score.value : score.stringValue;
  const isUntyped = score.dataType === 'NUMERIC' || score.dataType === 'CATEGORICAL';
  if (!isUntyped || scoreDataTypeOf(given, dataType) === null) return score;
  if (dataType === 'BOOLEAN') {
    return { ...score, name, dataType, stringValue: score.value === 1 ? 'True' : 'False' };
  }
  return { ...score, name, dataType };
}

function numberOf({ dataType, value, stringValue }: Score, { categories }: ScoreConfig): number {
  if (dataType !== 'CATEGORICAL') return value;
  return categories?.find(({ label }) => label === stringValue)?.value ?? 0;
}
