import type { Score, ScoreConfig } from '@tracewell/domain';
import { describe, expect, it } from 'vitest';
import { applyScoreConfig } from './apply-score-config';

const score = (part: Partial<Score>): Score => ({
  id: 's',
  timestamp: 0,
  name: 'given',
  source: 'API',
  dataType: 'NUMERIC',
  value: 0,
  stringValue: '',
  traceId: 't',
  observationId: '',
  sessionId: '',
  datasetRunId: '',
  environment: 'default',
  comment: '',
  metadata: {},
  configId: 'c',
  queueId: '',
  authorUserId: '',
  executionTraceId: '',
  ...part,
});
const config = (part: Partial<ScoreConfig>): ScoreConfig => ({
  id: 'c',
  name: 'of the config',
  dataType: 'NUMERIC',
  isArchived: false,
  minValue: null,
  maxValue: null,
  categories: null,
  ...part,
});
const categories = [
  { label: 'a', value: 3 },
  { label: 'b', value: -2 },
];

describe('a score is told by its config', () => {
  it.each<[string, Partial<Score>, Partial<ScoreConfig>, Partial<Score>]>([
    ['its name', { value: 5 }, {}, { name: 'of the config', value: 5 }],
    ['its name by an archived one', {}, { isArchived: true }, { name: 'of the config' }],
    [
      'the number of its category',
      { dataType: 'CATEGORICAL', stringValue: 'b' },
      { dataType: 'CATEGORICAL', categories },
      { name: 'of the config', value: -2 },
    ],
    [
      'zero for a category it has not',
      { dataType: 'CATEGORICAL', stringValue: 'z' },
      { dataType: 'CATEGORICAL', categories },
      { name: 'of the config', value: 0 },
    ],
    [
      'that a number is true',
      { value: 1 },
      { dataType: 'BOOLEAN' },
      { name: 'of the config', dataType: 'BOOLEAN', stringValue: 'True' },
    ],
    [
      'that a text is text',
      { dataType: 'CATEGORICAL', stringValue: 'prose' },
      { dataType: 'TEXT' },
      { name: 'of the config', dataType: 'TEXT' },
    ],
  ])('%s', (_, given, of, changed) => {
    expect(applyScoreConfig(score(given), config(of))).toEqual({ ...score(given), ...changed });
  });

  it.each<[string, Partial<Score>, Partial<ScoreConfig>]>([
    ['a number that is neither true nor false', { value: 3 }, { dataType: 'BOOLEAN' }],
    ['a truth value', { dataType: 'BOOLEAN', value: 1, stringValue: 'True' }, {}],
    ['a text', { dataType: 'CATEGORICAL', stringValue: 'x' }, {}],
  ])('nothing when it does not fit: %s', (_, given, of) => {
    expect(applyScoreConfig(score(given), config(of))).toEqual(score(given));
  });
});
