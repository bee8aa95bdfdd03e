import { describe, expect, it } from 'vitest';
import { storedEvents, timeAt } from './fixtures/batch';
import { foldScore } from './score';

const fold = (...bodies: object[]) =>
  foldScore(
    's',
    storedEvents(...bodies.map((body) => ({ type: 'score-create', body: { id: 's', ...body } }))),
  );
const base = { traceId: 't', name: 'n' };

describe('a score', () => {
  it.each([
    [{ value: 0.5 }, { dataType: 'NUMERIC', value: 0.5, stringValue: '' }],
    [{ value: 'good' }, { dataType: 'CATEGORICAL', value: 0, stringValue: 'good' }],
    [
      { value: 1, dataType: 'BOOLEAN' },
      { dataType: 'BOOLEAN', value: 1, stringValue: 'True' },
    ],
    [
      { value: 0, dataType: 'BOOLEAN' },
      { dataType: 'BOOLEAN', value: 0, stringValue: 'False' },
    ],
    [
      { value: 'prose', dataType: 'TEXT' },
      { dataType: 'TEXT', value: 0, stringValue: 'prose' },
    ],
    [
      { value: 'fix', dataType: 'CORRECTION' },
      { dataType: 'CORRECTION', value: 0, stringValue: 'fix', name: 'output' },
    ],
  ])('of %j is %j', (given, expected) => expect(fold({ ...base, ...given })).toMatchObject(expected));

  it('has the defaults of every field it does not name', () => {
    expect({ ...fold({ ...base, value: 1 }), metadata: null }).toEqual({
      id: 's',
      timestamp: timeAt(0),
      name: 'n',
      source: 'API',
      dataType: 'NUMERIC',
      value: 1,
      stringValue: '',
      traceId: 't',
      observationId: '',
      sessionId: '',
      datasetRunId: '',
      environment: 'default',
      comment: '',
      metadata: null,
      configId: '',
      queueId: '',
      authorUserId: '',
      executionTraceId: '',
    });
  });
  it('posted again is updated, type and value together, and keeps its time and environment', () => {
    const folded = fold(
      {
        ...base,
        value: 1,
        dataType: 'BOOLEAN',
        comment: 'c',
        environment: 'one',
        source: 'EVAL',
        metadata: { a: 1 },
      },
      { ...base, name: 'm', value: 'x', environment: 'two', metadata: { b: 2 } },
    );
    expect(folded).toMatchObject({
      name: 'm',
      dataType: 'CATEGORICAL',
      value: 0,
      stringValue: 'x',
      comment: 'c',
      environment: 'one',
      source: 'EVAL',
      timestamp: timeAt(0),
    });
    expect({ ...folded.metadata }).toEqual({ a: '1', b: '2' });
  });
  it('loses its comment to an explicit null', () => {
    expect(fold({ ...base, value: 1, comment: 'c' }, { ...base, value: 1, comment: null }).comment).toBe('');
  });
  it('stays on what it was first given to', () => {
    const moved = fold({ ...base, value: 1 }, { name: 'n', sessionId: 'x', value: 2 });
    expect(moved).toMatchObject({ traceId: 't', sessionId: '', value: 2 });
    const refined = fold(
      { ...base, value: 1 },
      { ...base, observationId: 'o', value: 1 },
      { ...base, observationId: null, value: 1 },
    );
    expect(refined).toMatchObject({ traceId: 't', observationId: 'o' });
  });
});
