import { describe, expect, it } from 'vitest';
import { decodeJsonBatch } from '../decode/json-batch';
import { isoAt, timeAt } from '../fold/fixtures/batch';
import { foldObservation } from '../fold/observation';
import { InvalidBatch, inspectJsonBatch, type LegacyRoute, wrapLegacyBody } from './json-batch';

const stamp = { eventId: 'e', time: timeAt(0) };
const wrap = (route: LegacyRoute, method: 'POST' | 'PATCH', json: string) =>
  wrapLegacyBody(route, method, Buffer.from(json), stamp);
const eventOf = (batch: Uint8Array) =>
  (JSON.parse(Buffer.from(batch).toString()) as { batch: [{ type: string; body: Record<string, unknown> }] })
    .batch[0];

describe('a single-object request', () => {
  it.each<[LegacyRoute, 'POST' | 'PATCH', string, string, object]>([
    ['/traces', 'POST', '{"id":"x","name":"n"}', 'trace-create', { id: 'x', name: 'n' }],
    ['/events', 'POST', '{"id":"x"}', 'observation-create', { id: 'x', type: 'EVENT' }],
    ['/spans', 'POST', '{"id":"x"}', 'observation-create', { id: 'x', type: 'SPAN' }],
    [
      '/spans',
      'PATCH',
      '{"spanId":"x","name":"n"}',
      'observation-update',
      { id: 'x', name: 'n', type: 'SPAN' },
    ],
    [
      '/generations',
      'POST',
      '{"id":"x","prompt":[1],"completion":"c","usage":{"promptTokens":1}}',
      'observation-create',
      { id: 'x', input: [1], output: 'c', usage: { promptTokens: 1 }, type: 'GENERATION' },
    ],
    [
      '/generations',
      'PATCH',
      '{"generationId":"x","completion":"c","input":"i","prompt":null}',
      'observation-update',
      { id: 'x', output: 'c', input: 'i', type: 'GENERATION' },
    ],
    [
      '/scores',
      'POST',
      '{"id":"x","traceId":"t","name":"n","value":1}',
      'score-create',
      { id: 'x', traceId: 't', name: 'n', value: 1 },
    ],
  ])('%s %s of %s is one event', (route, method, json, type, body) => {
    const { eventId, entityId, batch } = wrap(route, method, json);
    expect({ eventId, entityId }).toEqual({ eventId: 'e', entityId: 'x' });
    expect(eventOf(batch)).toEqual({ id: 'e', type, timestamp: isoAt(0), body });
    expect(inspectJsonBatch(batch, 'project')).toMatchObject({ accepted: 1, errors: [] });
  });

  it('without an id is answered with the id its row will have', () => {
    const { entityId, batch } = wrap('/traces', 'POST', '{"id":""}');
    expect(decodeJsonBatch(batch, [], false)[0]!.entityId).toBe(entityId);
  });
  it('keeps every digit and escape', () => {
    const { batch } = wrap(
      '/generations',
      'POST',
      ' { "id" : "x", "prompt": {"n":12345678901234567890}, "completion":"\\ud800"}',
    );
    expect(foldObservation('x', decodeJsonBatch(batch, [], false))).toMatchObject({
      input: '{"n":12345678901234567890}',
      output: '"\\ud800"',
    });
  });
  it('is checked as any event is', () => {
    expect(inspectJsonBatch(wrap('/spans', 'POST', '{"id":5}').batch, 'project').errors[0]).toMatchObject({
      status: 400,
      error: expect.stringContaining('body.id: '),
    });
  });
  it('has ids and times of its own where none are given', () => {
    const one = wrapLegacyBody('/traces', 'POST', Buffer.from('{}'));
    const two = wrapLegacyBody('/traces', 'POST', Buffer.from('{}'));
    expect(one.entityId).not.toBe(two.entityId);
    expect(inspectJsonBatch(one.batch, 'project').accepted).toBe(1);
  });
  it.each<[LegacyRoute, 'POST' | 'PATCH', string]>([
    ['/events', 'POST', '{}'],
    ['/spans', 'PATCH', '{"id":"x"}'],
    ['/generations', 'PATCH', '{"generationId":""}'],
    ['/traces', 'POST', '[]'],
    ['/traces', 'POST', '{"a":NaN}'],
    ['/traces', 'POST', '{} {}'],
    ['/traces', 'POST', ''],
  ])('%s %s of %j is refused', (route, method, json) => {
    expect(() => wrap(route, method, json)).toThrow(InvalidBatch);
  });
  it('to a route that does not exist is a mistake of ours', () => {
    expect(() => wrap('/traces', 'PATCH', '{}')).toThrow(RangeError);
  });
});
