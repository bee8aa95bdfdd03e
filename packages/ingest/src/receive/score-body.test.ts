import { describe, expect, it } from 'vitest';
import { batchOf, isoAt } from '../fold/fixtures/batch';
import { inspectJsonBatch } from './json-batch';
import { findScoreIssues, maxScoreTextChars, scoreDataTypeOf } from './score-body';

const base = { traceId: 't', name: 'n', value: 1 };
const pathsOf = (body: object) => findScoreIssues(body).map((issue) => issue.split(':')[0]);

describe('a score that is accepted', () => {
  it.each<object>([
    {},
    { observationId: 'o' },
    { traceId: undefined, sessionId: 's' },
    { traceId: null, datasetRunId: 'r' },
    { traceId: '', sessionId: 's' },
    { value: 'good' },
    { value: 'good', dataType: 'CATEGORICAL' },
    { value: 0, dataType: 'BOOLEAN' },
    { value: 'x', dataType: 'TEXT' },
    { value: 'x'.repeat(maxScoreTextChars), dataType: 'TEXT' },
    { value: 'better', dataType: 'CORRECTION' },
    { value: 'better', dataType: 'CORRECTION', source: 'ANNOTATION' },
    { source: 'ANNOTATION', configId: 'c' },
    { source: 'API', comment: 'c', metadata: { a: 1 }, queueId: 'q', environment: 'e', id: '' },
    {
      id: null,
      dataType: null,
      configId: null,
      source: null,
      comment: null,
      metadata: null,
      observationId: null,
    },
    { value: -1.5e-7 },
  ])('has %j', (rest) => expect(findScoreIssues({ ...base, ...rest })).toEqual([]));
});

describe('a score that is refused', () => {
  it.each<[object, string]>([
    [{ name: '' }, 'name'],
    [{ name: undefined }, 'name'],
    [{ name: 5 }, 'name'],
    [{ traceId: undefined }, 'traceId'],
    [{ sessionId: 's' }, 'traceId'],
    [{ traceId: undefined, observationId: 'o' }, 'observationId'],
    [{ traceId: undefined, observationId: 'o', sessionId: 's' }, 'observationId'],
    [{ value: undefined }, 'value'],
    [{ value: null }, 'value'],
    [{ value: true }, 'value'],
    [{ value: {} }, 'value'],
    [{ value: 2 ** 53 }, 'value'],
    [{ value: Number.POSITIVE_INFINITY }, 'value'],
    [{ value: 'x', dataType: 'NUMERIC' }, 'value'],
    [{ value: 2, dataType: 'BOOLEAN' }, 'value'],
    [{ value: true, dataType: 'BOOLEAN' }, 'value'],
    [{ value: 1, dataType: 'CATEGORICAL' }, 'value'],
    [{ value: '', dataType: 'TEXT' }, 'value'],
    [{ value: 'x'.repeat(maxScoreTextChars + 1), dataType: 'TEXT' }, 'value'],
    [{ value: 1, dataType: 'CORRECTION' }, 'value'],
    [{ value: 'x', dataType: 'CORRECTION', configId: 'c' }, 'configId'],
    [{ value: 'x', dataType: 'CORRECTION', traceId: null, sessionId: 's' }, 'traceId'],
    [{ dataType: 'NUMBER' }, 'dataType'],
    [{ source: 'EVAL' }, 'source'],
    [{ source: 'ANNOTATION' }, 'configId'],
    [{ source: 'ANNOTATION', configId: '' }, 'configId'],
    [{ authorUserId: 'u' }, 'authorUserId'],
    [{ value: 'half \ud800' }, 'value'],
    [{ comment: 5 }, 'comment'],
    [{ id: 5 }, 'id'],
    [{ id: 'a\0b' }, 'id'],
  ])('has %j', (rest, path) => expect(pathsOf({ ...base, ...rest })).toEqual([path]));

  it('is no object', () => {
    for (const body of [null, [], 'x', undefined]) expect(findScoreIssues(body)).toHaveLength(1);
  });
});

it('may come from an evaluator in a batch only', () => {
  const event = { id: 'e', type: 'score-create', timestamp: isoAt(0), body: { ...base, source: 'EVAL' } };
  expect(inspectJsonBatch(batchOf([event]), 'scores').accepted).toBe(1);
});

describe('the type of a score', () => {
  it.each<[unknown, unknown, string | null]>([
    [1, undefined, 'NUMERIC'],
    ['x', null, 'CATEGORICAL'],
    [true, undefined, null],
    [1, 'BOOLEAN', 'BOOLEAN'],
    [2, 'BOOLEAN', null],
    ['x', 'TEXT', 'TEXT'],
    [1, 'constructor', null],
  ])('of %j named %j is %j', (value, named, type) => expect(scoreDataTypeOf(value, named)).toBe(type));
});
