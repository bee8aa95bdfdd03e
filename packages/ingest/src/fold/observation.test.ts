import { describe, expect, it } from 'vitest';
import { isoAt, storedEvents, storedText, type TestEvent, timeAt } from './fixtures/batch';
import { foldObservation } from './observation';

const fold = (...events: TestEvent[]) => foldObservation('o', storedEvents(...events));
const create = (body: object, at?: number, type = 'span-create'): TestEvent => ({
  type,
  at,
  body: { id: 'o', ...body },
});
const update = (body: object, at?: number, type = 'span-update') => create(body, at, type);

describe('an observation that says nothing', () => {
  it('has the defaults of every field', () => {
    expect(fold(create({}, 5))).toMatchObject({
      id: 'o',
      parentObservationId: '',
      isAppRoot: false,
      type: 'SPAN',
      name: '',
      startTime: timeAt(5),
      endTime: null,
      completionStartTime: null,
      level: 'DEFAULT',
      statusMessage: '',
      environment: 'default',
      version: '',
      input: '',
      output: '',
      model: '',
      promptName: '',
      promptVersion: null,
      experiment: null,
    });
  });
  it('belongs to a trace that follows from its id', () => {
    const { traceId } = fold(create({}));
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(fold(update({ name: 'later' }, 9)).traceId).toBe(traceId);
    expect(foldObservation('p', storedEvents(create({ id: 'p' }))).traceId).not.toBe(traceId);
  });
});

describe('type', () => {
  it('is that of the first create, whatever updates say and when', () => {
    expect(fold(update({}, 1, 'span-update'), create({}, 5, 'generation-create')).type).toBe('GENERATION');
    expect(fold(create({}, 1, 'tool-create'), create({}, 2, 'agent-create')).type).toBe('TOOL');
  });
  it('is that of the first event where there are only updates', () => {
    expect(fold(update({}, 2, 'span-update'), update({}, 1, 'generation-update')).type).toBe('GENERATION');
  });
  it('is said by the body of an observation-create', () => {
    expect(fold(create({ type: 'EVENT' }, 0, 'observation-create')).type).toBe('EVENT');
  });
  it.each([
    ['event-create', 'EVENT'],
    ['agent-create', 'AGENT'],
    ['tool-create', 'TOOL'],
    ['chain-create', 'CHAIN'],
    ['retriever-create', 'RETRIEVER'],
    ['evaluator-create', 'EVALUATOR'],
    ['embedding-create', 'EMBEDDING'],
    ['guardrail-create', 'GUARDRAIL'],
  ])('of %s is %s', (eventType, type) => expect(fold(create({}, 0, eventType)).type).toBe(type));
});

describe('the first create', () => {
  it('comes before updates that were stamped earlier', () => {
    const { metadata, name } = fold(
      update({ name: 'new', metadata: { k: 2 } }, 1),
      create({ name: 'old', metadata: { k: 1 } }, 30),
    );
    expect(name).toBe('new');
    expect(metadata.k).toBe('2');
  });
  it('is the only one that does: a later create is ordered by its time', () => {
    expect(fold(create({ name: 'a' }, 1), update({ name: 'b' }, 2), create({ name: 'c' }, 3)).name).toBe('c');
    expect(fold(create({ name: 'a' }, 1), update({ name: 'b' }, 5), create({ name: 'c' }, 3)).name).toBe('b');
  });
});

describe('events of one time', () => {
  it('are creates before updates', () => {
    expect(
      fold({ ...update({ name: 'u' }, 1), id: 'a' }, { ...create({ name: 'c' }, 1), id: 'b' }).name,
    ).toBe('u');
  });
  it('are ordered by the end they tell, then by event id', () => {
    const end = { ...update({ name: 'end', endTime: isoAt(3) }, 1), id: 'a' };
    const other = { ...update({ name: 'other' }, 1), id: 'b' };
    expect(fold(create({}, 0), end, other).name).toBe('end');
    expect(
      fold({ ...update({ name: 'a' }, 1), id: 'a' }, { ...update({ name: 'b' }, 1), id: 'b' }).name,
    ).toBe('b');
  });
  it('and one id, with other bodies, are two events in an order that does not depend on arrival', () => {
    const [one, two] = storedEvents(
      { id: 'e', type: 'span-update', at: 1, body: { id: 'o', name: 'one' } },
      { id: 'e', type: 'span-update', at: 1, body: { id: 'o', name: 'two' } },
    );
    expect(foldObservation('o', [one!, two!])).toEqual(foldObservation('o', [two!, one!]));
  });
});

describe('times', () => {
  it('start where the earliest event that tells it says, else with the earliest event', () => {
    expect(
      fold(create({}, 4), update({ startTime: isoAt(9) }, 5), update({ startTime: isoAt(2) }, 6)).startTime,
    ).toBe(timeAt(9));
    expect(fold(create({}, 4), update({}, 2)).startTime).toBe(timeAt(2));
  });
  it('never end before they start', () => {
    expect(fold(create({ startTime: isoAt(10), endTime: isoAt(3) })).endTime).toBe(timeAt(10));
  });
  it('keep microseconds', () => {
    expect(fold(create({ startTime: '2026-01-01T00:00:00.123456Z' })).startTime).toBe(timeAt(123) + 456);
  });
  it('end as last told, where null tells nothing', () => {
    const { endTime, completionStartTime } = fold(
      create({ endTime: isoAt(20), completionStartTime: isoAt(11) }),
      update({ endTime: isoAt(30), completionStartTime: isoAt(12) }),
      update({ endTime: null, completionStartTime: null }),
    );
    expect(endTime).toBe(timeAt(30));
    expect(completionStartTime).toBe(timeAt(12));
  });
});

describe('explicit null', () => {
  it('empties name, model and level', () => {
    const folded = fold(
      create({ name: 'n', model: 'm', level: 'ERROR' }),
      update({ name: null, model: null, level: null }),
    );
    expect(folded).toMatchObject({ name: '', model: '', level: 'DEFAULT' });
  });
  it('says nothing of status message, parent, version and model parameters', () => {
    const folded = fold(
      create({ statusMessage: 's', parentObservationId: 'p', version: 'v', modelParameters: { t: 1 } }),
      update({ statusMessage: null, parentObservationId: null, version: null, modelParameters: null }),
    );
    expect(folded).toMatchObject({ statusMessage: 's', parentObservationId: 'p', version: 'v' });
    expect(folded.modelParameters.t).toBe(1);
  });
  it('says nothing of input, output, metadata, usage and cost', () => {
    const folded = fold(
      create({
        input: 'i',
        output: 'o',
        metadata: { a: 'b' },
        usageDetails: { input: 1 },
        costDetails: { input: 1 },
      }),
      update({ input: null, output: null, metadata: null, usageDetails: null, costDetails: null }),
    );
    expect(folded).toMatchObject({ input: 'i', output: 'o' });
    expect({ ...folded.metadata }).toEqual({ a: 'b' });
    expect({ ...folded.providedUsage }).toEqual({ input: 1 });
    expect({ ...folded.providedCost }).toEqual({ input: 1 });
  });
});

describe('what is left out', () => {
  it('keeps what was said before', () => {
    const said = {
      name: 'n',
      level: 'WARNING',
      statusMessage: 's',
      version: 'v',
      model: 'm',
      parentObservationId: 'p',
    };
    expect(fold(create(said), update({}))).toMatchObject(said);
  });
});

describe('what is kept from the first that says it', () => {
  it('is the trace', () => {
    expect(fold(create({ traceId: 't1' }), update({ traceId: 't2' })).traceId).toBe('t1');
    expect(fold(create({}), update({ traceId: 't2' })).traceId).toBe('t2');
  });
  it('is the environment, normalised', () => {
    expect(
      fold(update({}, 1), create({ environment: 'Prod' }, 2), update({ environment: 'dev' }, 3)).environment,
    ).toBe('prod');
    expect(fold(create({ environment: 'not valid!' })).environment).toBe('default');
  });
});

describe('input and output', () => {
  it('are the last that are something', () => {
    const folded = fold(
      create({ input: 'a', output: { b: 1 } }),
      update({ input: '', output: false }),
      update({ input: 0 }),
    );
    expect(folded).toMatchObject({ input: 'a', output: '{"b":1}' });
    expect(fold(create({ input: 'a' }), update({ input: {} })).input).toBe('{}');
  });
  it('are a false or a zero where nothing else was ever said', () => {
    expect(fold(create({ input: false, output: 0 }))).toMatchObject({ input: 'false', output: '0' });
    expect(fold(create({ input: '' })).input).toBe('');
  });
  it('keep every digit', () => {
    const json = '{"id":"o","input":{"n":12345678901234567890,"x":1e400},"output":9007199254740993}';
    expect(foldObservation('o', storedText('span-create', json))).toMatchObject({
      input: '{"n":12345678901234567890,"x":1e400}',
      output: '9007199254740993',
    });
  });
  it('keep half a surrogate pair, NUL and any key', () => {
    const json =
      '{"id":"o","input":"cut \\ud83d","output":{"__proto__":{"a":1},"constructor":2,"n":"\\u0000"}}';
    expect(foldObservation('o', storedText('span-create', json))).toMatchObject({
      input: '"cut \\ud83d"',
      output: '{"__proto__":{"a":1},"constructor":2,"n":"\\u0000"}',
    });
  });
});

describe('model parameters', () => {
  it('are replaced as a whole by the last that are any', () => {
    const folded = fold(
      create({ modelParameters: { a: 1, b: 2 } }),
      update({ modelParameters: { c: 3 } }),
      update({ modelParameters: {} }),
    );
    expect({ ...folded.modelParameters }).toEqual({ c: 3 });
  });
  it('are flat: structure as JSON, and numbers that would be changed as their digits', () => {
    const json =
      '{"id":"o","modelParameters":{"t":0.2,"s":"x","b":true,"n":null,"stop":["a", "b"],"m":{"k": 1},"seed":12345678901234567890,"f":1.0,"__proto__":3}}';
    const { modelParameters } = foldObservation('o', storedText('generation-create', json));
    expect(Object.entries(modelParameters)).toEqual([
      ['t', 0.2],
      ['s', 'x'],
      ['b', true],
      ['n', null],
      ['stop', '["a","b"]'],
      ['m', '{"k":1}'],
      ['seed', '12345678901234567890'],
      ['f', 1],
      ['__proto__', 3],
    ]);
  });
});

describe('prompt', () => {
  it('is that of the last event that names it with its version', () => {
    const folded = fold(
      create({ promptName: 'p', promptVersion: 1 }),
      update({ promptName: 'q', promptVersion: 2 }),
      update({ promptName: null, promptVersion: null }),
      update({ promptName: 'r' }),
    );
    expect(folded).toMatchObject({ promptName: 'q', promptVersion: 2 });
  });
});

describe('usage and cost', () => {
  it('are replaced as a whole by the last that hold a number', () => {
    const folded = fold(
      create({ usageDetails: { input: 1, output: 2 }, costDetails: { input: 0.1, output: 0.2 } }),
      update({ usageDetails: { input: 5 }, costDetails: { total: 3 } }),
      update({ usageDetails: {}, costDetails: {} }),
    );
    expect({ ...folded.providedUsage }).toEqual({ input: 5 });
    expect({ ...folded.providedCost }).toEqual({ total: 3 });
  });
});

it('refuses to fold nothing', () => expect(() => foldObservation('o', [])).toThrow(RangeError));
