import type { ScoreConfig } from '@tracewell/domain';
import { describe, expect, it } from 'vitest';
import { batchOf, isoAt } from '../fold/fixtures/batch';
import { inspectJsonBatch, refuseByConfig } from './json-batch';
import { findConfigIssue } from './score-config';

const config = (part: Partial<ScoreConfig> = {}): ScoreConfig => ({
  id: 'c',
  name: 'quality',
  dataType: 'NUMERIC',
  isArchived: false,
  minValue: null,
  maxValue: null,
  categories: null,
  ...part,
});
const tone = config({ dataType: 'CATEGORICAL', categories: [{ label: 'kind', value: 1 }] });

describe('a score against its config', () => {
  it.each<[object, ScoreConfig]>([
    [{ value: 5 }, config()],
    [{ value: 1, dataType: 'NUMERIC' }, config({ minValue: 1, maxValue: 1.5 })],
    [{ value: 1.5, dataType: null }, config({ minValue: 1, maxValue: 1.5 })],
    [{ value: 'kind' }, tone],
    [{ value: 0 }, config({ dataType: 'BOOLEAN' })],
    [{ value: 'any text' }, config({ dataType: 'TEXT' })],
  ])('fits: %j', (score, of) => {
    expect(findConfigIssue({ configId: 'c', value: 0, dataType: undefined, ...score }, of)).toBeNull();
  });

  it.each<[object, ScoreConfig | null, string]>([
    [{ value: 5 }, null, 'configId'],
    [{ value: 5 }, config({ isArchived: true }), 'configId'],
    [{ value: 5, dataType: 'TEXT' }, config(), 'dataType'],
    [{ value: 'x' }, config(), 'value'],
    [{ value: 0.9 }, config({ minValue: 1 }), 'value'],
    [{ value: 1.1 }, config({ maxValue: 1 }), 'value'],
    [{ value: 'Kind' }, tone, 'value'],
    [{ value: 1 }, tone, 'value'],
    [{ value: 'x' }, config({ dataType: 'CATEGORICAL' }), 'value'],
    [{ value: 0.5 }, config({ dataType: 'BOOLEAN' }), 'value'],
    [{ value: 'x'.repeat(501) }, config({ dataType: 'TEXT' }), 'value'],
  ])('breaks it: %j', (score, of, path) => {
    const issue = findConfigIssue({ configId: 'c', value: 0, dataType: undefined, ...score }, of);
    expect(issue?.split(':')[0]).toBe(path);
  });
});

describe('a batch against the configs', () => {
  const event = (id: string, body: object) => ({
    id,
    type: 'score-create',
    timestamp: isoAt(0),
    body: { traceId: 't', name: 'n', ...body },
  });
  const inspect = (events: object[]) => inspectJsonBatch(batchOf(events), 'project');
  const known = new Map([['c', config({ maxValue: 1 })]]);

  it('loses what breaks its config, and that alone', () => {
    const inspected = inspect([
      event('a', { value: 5, configId: 'c' }),
      event('b', { value: true }),
      event('c', { value: 5 }),
      event('d', { value: 1, configId: 'c' }),
      event('e', { value: 5, configId: '' }),
    ]);
    expect(inspected.configured.map(({ id }) => id)).toEqual(['a', 'd']);
    const { successes, errors, accepted, rejected } = refuseByConfig(inspected, known);
    expect(successes.map(({ id }) => id)).toEqual(['c', 'd', 'e']);
    expect(errors.map(({ id, status }) => [id, status])).toEqual([
      ['b', 400],
      ['a', 400],
    ]);
    expect({ accepted, rejected }).toEqual({ accepted: 3, rejected: [0, 1] });
  });

  it('keeps what cannot be checked now', () => {
    const inspected = inspect([event('a', { value: 5, configId: 'away' })]);
    expect(refuseByConfig(inspected, known)).toMatchObject({ accepted: 1, errors: [], rejected: [] });
  });

  it('answers for each of two events of one id', () => {
    const inspected = inspect([
      event('twice', { value: 5, configId: 'c' }),
      event('twice', { value: 1, configId: 'c' }),
    ]);
    const { successes, errors, rejected } = refuseByConfig(inspected, known);
    expect([successes.length, errors.length, rejected]).toEqual([1, 1, [0]]);
  });
});
