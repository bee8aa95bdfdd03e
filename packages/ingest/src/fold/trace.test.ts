import { describe, expect, it } from 'vitest';
import { isoAt, storedEvents, timeAt } from './fixtures/batch';
import { foldTrace } from './trace';

const fold = (...bodies: object[]) =>
  foldTrace(
    't',
    storedEvents(...bodies.map((body) => ({ type: 'trace-create', body: { id: 't', ...body } }))),
  );

describe('a trace', () => {
  it('that says nothing has the defaults of every field', () => {
    expect({ ...fold({}), metadata: null }).toEqual({
      id: 't',
      timestamp: timeAt(0),
      name: '',
      userId: '',
      sessionId: '',
      release: '',
      version: '',
      environment: 'default',
      public: false,
      tags: [],
      input: '',
      output: '',
      metadata: null,
    });
  });
  it('has the tags that were said, without those that a person took away', () => {
    expect(fold({ tags: ['b', 'a'] }, { tags: ['c'], removedTags: ['a'] }).tags).toEqual(['b', 'c']);
    expect(fold({ tags: ['a'] }, { removedTags: ['a'] }, { tags: ['a'] }).tags).toEqual(['a']);
    // One empty tag: none, whatever the spans say.
    expect(fold({ tags: ['a'] }, { removedTags: ['a'] }).tags).toEqual(['']);
    expect(fold({ tags: ['a'], removedTags: 'a' }, { removedTags: [1, null] }).tags).toEqual(['a']);
  });
  it('is public as was last said, and only then as it was before a change of something else', () => {
    expect(fold({ publicBefore: true }).public).toBe(true);
    expect(fold({ public: false }, { publicBefore: true }).public).toBe(false);
    expect(fold({ publicBefore: true }, { public: false }).public).toBe(false);
  });
  it('keeps what an event leaves out, and empties what it sets to null', () => {
    const said = { name: 'n', userId: 'u', sessionId: 's', release: 'r', version: 'v' };
    expect(fold(said, {})).toMatchObject(said);
    expect(
      fold(said, { name: null, userId: null, sessionId: null, release: null, version: null }),
    ).toMatchObject({
      name: '',
      userId: '',
      sessionId: '',
      release: '',
      version: '',
    });
  });
  it('takes the last of each field', () => {
    expect(fold({ name: 'a', userId: 'u' }, { name: 'b' })).toMatchObject({ name: 'b', userId: 'u' });
  });
  it('stays public until an event says otherwise', () => {
    expect(fold({ public: true }, { name: 'x' }, { public: null }).public).toBe(true);
    expect(fold({ public: true }, { public: false }).public).toBe(false);
  });
  it('has the tags of all events, sorted, each once', () => {
    expect(fold({ tags: ['b', 'a'] }, { tags: ['c', 'a'] }, { tags: [] }, { tags: null }).tags).toEqual([
      'a',
      'b',
      'c',
    ]);
  });
  it('keeps its first timestamp and environment', () => {
    const folded = fold(
      {},
      { timestamp: isoAt(7), environment: 'one' },
      { timestamp: isoAt(3), environment: 'two' },
    );
    expect(folded).toMatchObject({ timestamp: timeAt(7), environment: 'one' });
  });
  it('orders events of one time by the time their bodies tell', () => {
    const event = (id: string, name: string, ms: number) => ({
      id,
      type: 'trace-create',
      at: 50,
      body: { id: 't', name, timestamp: isoAt(ms) },
    });
    expect(foldTrace('t', storedEvents(event('b', 'first', 1), event('a', 'second', 2)))).toMatchObject({
      name: 'second',
      timestamp: timeAt(1),
    });
  });
});
