import { describe, expect, it } from 'vitest';
import { batchOf, isoAt, storedEvents, storedText, timeAt } from '../fold/fixtures/batch';
import { InvalidBatch } from '../receive/json-batch';
import { decodeEvents, decodeJsonBatch, UndecodableEvents } from './json-batch';

const event = (id: string, type: string, body: object) => ({ id, type, timestamp: isoAt(1), body });

describe('decoded events', () => {
  it('name their entity and keep their body character for character', () => {
    const body = '{ "id" : "t",\n"n":12345678901234567890, "s":"\\u00fc\\ud800","__proto__":1e400}';
    expect(storedText('trace-create', body, 'e')).toEqual([
      {
        entity: 'trace',
        entityId: 't',
        eventId: 'e',
        eventType: 'trace-create',
        timestamp: timeAt(0),
        body,
        bodyHash: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
  });
  it('without an id speak of an entity that follows from the event id', () => {
    const ids = storedEvents(
      { id: 'a', type: 'trace-create', body: {} },
      { id: 'a', type: 'trace-create', body: { id: null, name: 'x' } },
      { id: 'a', type: 'score-create', body: { id: '' } },
      { id: 'b', type: 'trace-create', body: {} },
    ).map(({ entityId }) => entityId);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });
  it('leave out what the door refused, and messages of the client about itself', () => {
    const body = batchOf([
      event('a', 'trace-create', { id: 't' }),
      event('b', 'no-such-type', {}),
      event('c', 'sdk-log', { log: 'x' }),
      event('d', 'score-create', { id: 's' }),
    ]);
    expect(decodeJsonBatch(body, [1], false).map(({ eventId }) => eventId)).toEqual(['a', 'd']);
    expect(decodeJsonBatch(body, [1], true).map(({ eventId }) => eventId)).toEqual(['d']);
  });
});

describe('the hash of an event', () => {
  const hashes = (...events: Parameters<typeof storedEvents>) =>
    storedEvents(...events).map((e) => e.bodyHash);

  it('is the same for the same event', () => {
    const same = { id: 'e', type: 'span-create', at: 1, body: { id: 'o' } };
    expect(new Set(hashes(same, same)).size).toBe(1);
  });
  it('differs with type, time and body, as all three count for the fold', () => {
    const one = { id: 'e', type: 'span-create', at: 1, body: { id: 'o' } };
    const all = hashes(
      one,
      { ...one, type: 'span-update' },
      { ...one, at: 2 },
      { ...one, body: { id: 'o', name: 'n' } },
    );
    expect(new Set(all).size).toBe(4);
  });
});

describe('what cannot be decoded', () => {
  it('is answered for event by event', () => {
    const body = Buffer.from(
      `{"batch":[${JSON.stringify(event('a', 'trace-create', { id: 't' }))},{"id":NaN},{"id":"c"},5,${'['.repeat(200)}${']'.repeat(200)}]}`,
    );
    const { events, rejected } = decodeEvents(body, [], false);
    expect(events).toHaveLength(1);
    expect(rejected.map(({ index }) => index)).toEqual([1, 2, 3, 4]);
    expect(() => decodeJsonBatch(body, [], false)).toThrow(UndecodableEvents);
    expect(decodeJsonBatch(body, [1, 2, 3, 4], false)).toHaveLength(1);
  });
  it('is refused whole where the envelope is broken', () => {
    expect(() => decodeJsonBatch(Buffer.from('{"batch":['), [], false)).toThrow(InvalidBatch);
  });
});
