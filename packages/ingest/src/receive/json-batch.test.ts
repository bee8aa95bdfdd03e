import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOf, isoAt } from '../fold/fixtures/batch';
import { InvalidBatch, inspectJsonBatch, maxEventsPerBatch } from './json-batch';
import { maxIssuesPerEvent } from './json-batch-checks';
import { maxDepth } from './json-batch-envelope';

const event = (type: string, body: unknown, rest: object = {}) => ({
  id: 'e',
  type,
  timestamp: isoAt(0),
  body,
  ...rest,
});
const inspect = (...events: unknown[]) => inspectJsonBatch(batchOf(events), 'project');
/** What is wrong with an event; '' when it is accepted. */
const faultOf = (given: unknown): string => inspect(given).errors[0]?.error ?? '';
const faultOfText = (json: string): string =>
  inspectJsonBatch(Buffer.from(`{"batch":[${json}]}`), 'project').errors[0]?.error ?? '';

const score = { traceId: 't', name: 'n', value: 1 };

describe('a batch', () => {
  it('is answered for event by event, in order', () => {
    const answer = inspect(
      event('trace-create', { id: 't' }, { id: 'a' }),
      event('span-create', {}, { id: 'b' }),
      event('score-create', score, { id: 'c' }),
      'no event',
    );
    expect(answer.successes).toEqual([
      { id: 'a', status: 201 },
      { id: 'c', status: 201 },
    ]);
    expect(answer.errors).toEqual([
      { id: 'b', status: 400, message: 'Invalid request data', error: expect.stringContaining('body.id: ') },
      {
        id: 'unknown',
        status: 400,
        message: 'Invalid request data',
        error: expect.stringContaining('object'),
      },
    ]);
    expect(answer.accepted).toBe(2);
    expect(answer.rejected).toEqual([1, 3]);
  });
  it('may be empty, and may carry metadata of any kind', () => {
    expect(inspect()).toEqual({ successes: [], errors: [], accepted: 0, rejected: [], configured: [] });
    expect(
      inspectJsonBatch(Buffer.from('\ufeff { "metadata": {"a":[1]}, "batch": [ ] } \n'), 'project').errors,
    ).toEqual([]);
  });
  it.each([
    ['', 'body'],
    ['[]', 'body'],
    ['{}', 'batch'],
    ['{"batch":{}}', 'batch'],
    ['{"batch":null}', 'batch'],
    ['{"batch":[', 'body'],
    ['{"batch":[{]}', 'body'],
    ['{"batch":[]} x', 'body'],
    ['{"batch":[1,]}', 'body'],
  ])('%j is refused whole', (text, path) => {
    let refused: unknown;
    try {
      inspectJsonBatch(Buffer.from(text), 'project');
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(InvalidBatch);
    expect((refused as InvalidBatch).status).toBe(400);
    expect((refused as InvalidBatch).toBody()).toEqual({
      message: 'Invalid request data',
      errors: [expect.stringMatching(new RegExp(`^${path}: `))],
    });
  });
  it('that is no UTF-8 is refused whole', () => {
    const bytes = Buffer.concat([Buffer.from('{"batch":["'), Buffer.from([0xc0, 0x80]), Buffer.from('"]}')]);
    expect(() => inspectJsonBatch(bytes, 'project')).toThrow(/UTF-8/);
  });
  it('holds a limited number of events', () => {
    const at = (count: number) => Buffer.from(`{"batch":[${Array(count).fill('0').join(',')}]}`);
    expect(inspectJsonBatch(at(maxEventsPerBatch), 'project').rejected).toHaveLength(maxEventsPerBatch);
    expect(() => inspectJsonBatch(at(maxEventsPerBatch + 1), 'project')).toThrow(/smaller batches/);
  });
  it('is the last of two that are sent under one key', () => {
    const text = `{"batch":[1,2],"b\\u0061tch":[${JSON.stringify(event('trace-create', {}))}]}`;
    expect(inspectJsonBatch(Buffer.from(text), 'project')).toMatchObject({ accepted: 1, rejected: [] });
  });
  it('never throws anything but InvalidBatch, whatever the bytes', () => {
    const valid = JSON.stringify({
      batch: [event('trace-create', { id: 't', metadata: { a: ['"', '\\'] } })],
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(valid.length), fc.constantFrom(...'{}[]",:\\1x \n')), { maxLength: 4 }),
        (edits) => {
          let text = valid;
          for (const [at, char] of edits) text = text.slice(0, at) + char + text.slice(at + 1);
          let accepts = false;
          try {
            accepts = inspectJsonBatch(Buffer.from(text), 'project').errors.length === 0;
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidBatch);
          }
          if (accepts) JSON.parse(text);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('access by public key alone', () => {
  it('is for scores', () => {
    const body = batchOf([
      event('trace-create', { id: 't' }, { id: 'a' }),
      event('score-create', score, { id: 'b' }),
      event('sdk-log', { log: 1 }, { id: 'c' }),
      event('span-create', {}, { id: 'd' }),
    ]);
    expect(inspectJsonBatch(body, 'scores')).toEqual({
      successes: [{ id: 'b', status: 201 }],
      errors: [
        { id: 'a', status: 401, message: 'Authentication error', error: 'Access Scope Denied' },
        { id: 'c', status: 401, message: 'Authentication error', error: 'Access Scope Denied' },
        { id: 'd', status: 400, message: 'Invalid request data', error: expect.any(String) },
      ],
      accepted: 1,
      rejected: [0, 2, 3],
      configured: [],
    });
  });
});

describe('an event', () => {
  it.each([
    'event-create',
    'span-create',
    'span-update',
    'generation-create',
    'generation-update',
    'agent-create',
    'tool-create',
    'chain-create',
    'retriever-create',
    'evaluator-create',
    'embedding-create',
    'guardrail-create',
  ])('of type %s needs the id of an observation', (type) => {
    expect(faultOf(event(type, { id: 'o' }))).toBe('');
    for (const body of [{}, { id: null }, { id: '' }])
      expect(faultOf(event(type, body))).toContain('body.id: ');
  });
  it('that may leave its id out is accepted without', () => {
    expect(faultOf(event('trace-create', {}))).toBe('');
    expect(faultOf(event('score-create', score))).toBe('');
    expect(faultOf(event('observation-create', { type: 'SPAN' }))).toBe('');
    expect(faultOf(event('observation-update', { type: 'SPAN' }))).toContain('body.id: ');
  });
  it('of an observation without a kind of its own says the kind', () => {
    expect(faultOf(event('observation-create', { id: 'o' }))).toContain('body.type: ');
    expect(faultOf(event('observation-create', { id: 'o', type: 'NOTHING' }))).toContain('body.type: ');
    expect(faultOf(event('observation-update', { id: 'o', type: 'GENERATION' }))).toBe('');
  });
  it('of the client about itself is in neither list', () => {
    expect(inspect(event('sdk-log', { log: { any: 1 } }))).toEqual({
      successes: [],
      errors: [],
      accepted: 0,
      rejected: [],
      configured: [],
    });
  });
  it.each(['dataset-run-item-create', 'constructor', '__proto__', '', 5, null, undefined])(
    'of type %j is refused',
    (type) =>
      expect(faultOf({ ...event('', { id: 'x' }), type })).toMatch(/^type: must be one of trace-create/),
  );
  it.each([
    [{ id: undefined }, 'unknown'],
    [{ id: 5 }, 'unknown'],
    [{ id: '' }, 'unknown'],
    [{ id: 'x'.repeat(801) }, 'x'.repeat(801)],
    [{ id: 'a\rb' }, 'a\rb'],
    [{ id: 'a\0b' }, 'a\0b'],
    [{ id: 'a\ud800' }, 'a\ud800'],
  ])('with the id %j is refused under the id it can be told by', (rest, id) => {
    const { errors } = inspect(event('trace-create', {}, rest));
    expect(errors[0]).toMatchObject({ id, status: 400, error: expect.stringMatching(/^id: /) });
  });
  it('with an id of 800 characters is accepted', () => {
    expect(faultOf(event('trace-create', { id: 'y'.repeat(800) }, { id: 'x'.repeat(800) }))).toBe('');
    expect(faultOf(event('trace-create', { id: 'y'.repeat(801) }))).toContain('body.id: ');
  });
  it.each([
    undefined,
    null,
    5,
    'yesterday',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-02-30T00:00:00Z',
    '1970-01-01T00:00:00Z',
  ])('with the timestamp %j is refused', (timestamp) =>
    expect(faultOf(event('trace-create', {}, { timestamp }))).toMatch(/^timestamp: /),
  );
  it.each(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123456789+02:00', '2024-02-29T00:00:00Z'])(
    'with the timestamp %j is accepted',
    (timestamp) => expect(faultOf(event('trace-create', {}, { timestamp }))).toBe(''),
  );
  it.each([null, [], 'x', undefined])('with the body %j is refused', (body) =>
    expect(faultOf(event('trace-create', body))).toMatch(/^body: must be an object/),
  );
  it('names a limited number of faults', () => {
    const tags = Array(50).fill(5);
    expect(faultOf(event('trace-create', { tags })).split('; ')).toHaveLength(maxIssuesPerEvent);
  });
  it('that is broken leaves its neighbours alone and is told by its id where it has one', () => {
    const good = JSON.stringify(event('trace-create', {}, { id: 'good' }));
    const text = `{"batch":[${good},{"id":"bad","body":{"output":NaN}},{"id":NaN},${good}]}`;
    const answer = inspectJsonBatch(Buffer.from(text), 'project');
    expect(answer.accepted).toBe(2);
    expect(answer.errors.map(({ id }) => id)).toEqual(['bad', 'unknown']);
  });
});

describe('nesting', () => {
  /** Request, list, event and body are four levels already. */
  const nested = (levels: number) =>
    `{"id":"deep","type":"trace-create","timestamp":"${isoAt(0)}","body":{"input":${'['.repeat(levels)}${']'.repeat(levels)}}}`;

  it('is accepted to the limit and refused above it', () => {
    expect(faultOfText(nested(maxDepth - 4))).toBe('');
    expect(faultOfText(nested(maxDepth - 3))).toContain(`deeper than ${maxDepth} levels`);
  });
  it('of a million levels is refused without its neighbours', () => {
    const text = `{"batch":[${nested(1_000_000)},${JSON.stringify(event('trace-create', {}))}]}`;
    expect(inspectJsonBatch(Buffer.from(text), 'project')).toMatchObject({
      accepted: 1,
      errors: [{ id: 'deep', status: 400 }],
    });
  });
});

describe('bodies of traces', () => {
  it('may set every field, and every field to null', () => {
    const all = {
      timestamp: isoAt(0),
      name: 'n',
      externalId: 'x',
      input: 1,
      output: [],
      sessionId: 's',
      userId: 'u',
      environment: 'e',
      metadata: [1],
      release: 'r',
      version: 'v',
      public: true,
      tags: ['a'],
    };
    expect(faultOf(event('trace-create', all))).toBe('');
    const nulls = Object.fromEntries(Object.keys(all).map((key) => [key, null]));
    expect(faultOf(event('trace-create', nulls))).toBe('');
  });
  it.each([
    [{ name: 5 }, 'name'],
    [{ name: 'n'.repeat(1001) }, 'name'],
    [{ userId: {} }, 'userId'],
    [{ public: 'yes' }, 'public'],
    [{ tags: 'a' }, 'tags'],
    [{ tags: ['a', 1] }, 'tags.1'],
    [{ tags: [null] }, 'tags.0'],
    [{ tags: Array(1001).fill('a') }, 'tags'],
    [{ timestamp: 1 }, 'timestamp'],
    [{ sessionId: '\ud800' }, 'sessionId'],
    [{ metadata: { '\udfff': 1 } }, 'metadata key'],
  ])('are refused with %j', (body, path) =>
    expect(faultOf(event('trace-create', body))).toMatch(`body.${path}`),
  );
});

describe('bodies of observations', () => {
  it('may set every field, and every field to null', () => {
    const all = {
      traceId: 't',
      name: 'n',
      startTime: isoAt(0),
      endTime: isoAt(1),
      completionStartTime: isoAt(1),
      metadata: { a: 1 },
      input: 'i',
      output: 'o',
      level: 'DEBUG',
      statusMessage: 's',
      parentObservationId: 'p',
      version: 'v',
      environment: 'e',
      model: 'm',
      modelParameters: { a: 1, b: [1], c: null },
      usage: { input: 1, output: null, unit: 'TOKENS', totalCost: 0.1 },
      usageDetails: { input: 1, other: 'x', nested: { a: 1 } },
      costDetails: { input: 0.5, other: 'x' },
      promptName: 'p',
      promptVersion: 3,
    };
    expect(faultOf(event('generation-create', { id: 'o', ...all }))).toBe('');
    const nulls = Object.fromEntries(Object.keys(all).map((key) => [key, null]));
    expect(faultOf(event('generation-create', { id: 'o', ...nulls }))).toBe('');
  });
  it.each([
    [{ traceId: 5 }, 'traceId'],
    [{ traceId: 'a\0' }, 'traceId'],
    [{ parentObservationId: '\ud800' }, 'parentObservationId'],
    [{ startTime: 'now' }, 'startTime'],
    [{ endTime: '1971-01-01T00:00:00Z' }, 'endTime'],
    [{ level: 'FATAL' }, 'level'],
    [{ promptName: 'p' }, 'promptVersion'],
    [{ promptVersion: 1 }, 'promptVersion'],
    [{ promptName: 'p', promptVersion: 1.5 }, 'promptVersion'],
    [{ promptName: 'p', promptVersion: 2 ** 32 }, 'promptVersion'],
    [{ modelParameters: 'x' }, 'modelParameters'],
    [{ usage: 5 }, 'usage'],
    [{ usage: { input: 1.5 } }, 'usage.input'],
    [{ usage: { promptTokens: 'x' } }, 'usage.promptTokens'],
    [{ usage: { unit: 'APPLES' } }, 'usage.unit'],
    [{ usageDetails: [1] }, 'usageDetails'],
    [{ usageDetails: { input: 2 ** 53 } }, 'usageDetails.input'],
    [{ usageDetails: { input: '9007199254740993' } }, 'usageDetails.input'],
    [{ costDetails: 1 }, 'costDetails'],
  ])('are refused with %j', (body, path) => {
    expect(faultOf(event('generation-create', { id: 'o', ...body }))).toContain(`body.${path}: `);
  });
  it.each(['"costDetails":{"input":1e400}', '"usageDetails":{"input":1e400}', '"usage":{"totalCost":1e400}'])(
    'are refused with %s, which no double holds',
    (member) => {
      const json = `{"id":"e","type":"span-create","timestamp":"${isoAt(0)}","body":{"id":"o",${member}}}`;
      expect(faultOfText(json)).toContain('would be changed');
    },
  );
  it('never fail for their environment', () => {
    for (const environment of [5, {}, 'Not Valid!', 'x'.repeat(5000), null]) {
      expect(faultOf(event('span-create', { id: 'o', environment }))).toBe('');
    }
  });
});
