import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeEvents, type StoredEvent } from '../decode/json-batch';
import { inspectJsonBatch } from '../receive/json-batch';
import { foldObservation } from './observation';
import { foldScore } from './score';
import { foldTrace } from './trace';

/** Request bodies as the SDKs named in the files sent them to a listening server, byte for byte. */
function load(name: string) {
  const url = new URL(`./fixtures/${name}`, import.meta.url);
  const { requests } = JSON.parse(readFileSync(url, 'utf8')) as { requests: string[] };
  const events: StoredEvent[] = [];
  const errors: { error: string }[] = [];
  for (const request of requests) {
    const body = Buffer.from(request);
    const inspection = inspectJsonBatch(body, 'project');
    errors.push(...inspection.errors);
    events.push(...decodeEvents(body, inspection.rejected, false).events);
  }
  const of = (entity: string, name?: string) => {
    const ids = new Set(
      events
        .filter(
          (e) => e.entity === entity && (!name || (JSON.parse(e.body) as { name?: string }).name === name),
        )
        .map((e) => e.entityId),
    );
    expect(ids.size).toBe(1);
    const id = [...ids][0]!;
    return [id, events.filter((e) => e.entity === entity && e.entityId === id)] as const;
  };
  return { errors, events, of };
}

describe('langfuse 3 for JavaScript', () => {
  const { errors, of } = load('langfuse-js-3.json');

  it('is accepted whole', () => expect(errors).toEqual([]));
  it('is one trace of two events', () => {
    const trace = foldTrace(...of('trace'));
    expect(trace).toMatchObject({
      name: 'chat',
      userId: 'user-1',
      sessionId: 'session-1',
      release: 'r-1',
      version: 'v1',
      environment: 'staging',
      public: true,
      tags: ['a', 'b', 'c'],
      input: '{"q":"Grüße 😀"}',
      output: '{"answer":"hello"}',
    });
    expect({ ...trace.metadata }).toEqual({ plan: '{"tier":"pro","seats":3}' });
  });
  it('has spans whose updates were stamped before their creates', () => {
    const [id, events] = of('observation', 'retrieve');
    const created = events.find((e) => e.eventType === 'span-create')!;
    expect(events.some((e) => e.timestamp < created.timestamp)).toBe(true);
    const folded = foldObservation(id, events);
    expect(folded).toMatchObject({ type: 'SPAN', environment: 'staging', input: '{"query":"x"}' });
    expect(folded.endTime).not.toBeNull();
  });
  it('has generations', () => {
    const [id, events] = of('observation', 'answer');
    const folded = foldObservation(id, events);
    expect(folded).toMatchObject({
      type: 'GENERATION',
      environment: 'staging',
      level: 'WARNING',
      statusMessage: 'slow',
      model: 'gpt-4o',
      input: '[{"role":"user","content":"hi"}]',
      output: '{"role":"assistant","content":"hello"}',
      parentObservationId: of('observation', 'retrieve')[0],
      traceId: of('trace')[0],
    });
    expect({ ...folded.providedUsage }).toEqual({ input: 6, input_cached_tokens: 4, output: 5, total: 15 });
    expect({ ...folded.providedCost }).toEqual({ input: 0.001, output: 0.002 });
    expect({ ...folded.modelParameters }).toEqual({ temperature: 0.2, stop: '["a","b"]', max_tokens: 10 });
    expect({ ...folded.metadata }).toEqual({ step: 'two' });
  });
  it('has generations with the usage of OpenAI', () => {
    expect({ ...foldObservation(...of('observation', 'old')).providedUsage }).toEqual({
      input: 1,
      output: 2,
      total: 3,
    });
  });
  it('has events and spans', () => {
    expect(foldObservation(...of('observation', 'clicked'))).toMatchObject({
      type: 'EVENT',
      level: 'DEBUG',
      input: '{"x":1}',
    });
    expect(foldObservation(...of('observation', 'retrieve'))).toMatchObject({ type: 'SPAN', output: '' });
  });
  it.each([
    ['quality', { dataType: 'NUMERIC', value: 0.9, comment: 'good', observationId: '' }],
    ['thumb', { dataType: 'BOOLEAN', value: 1, stringValue: 'True' }],
    ['tone', { dataType: 'CATEGORICAL', stringValue: 'kind' }],
    ['session-quality', { sessionId: 'session-1', traceId: '', value: 0.5 }],
  ])('has the score %s', (name, expected) => {
    expect(foldScore(...of('score', name))).toMatchObject(expected);
  });
});

describe('langfuse 2 for Python', () => {
  const { errors, of } = load('langfuse-python-2.json');

  it('is accepted but for the one event that is not JSON', () => {
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ status: 400, error: expect.stringContaining('not valid JSON') });
  });
  it('is one trace', () => {
    expect(foldTrace(...of('trace', 'chat'))).toMatchObject({
      userId: 'user-1',
      public: true,
      tags: ['a', 'b', 'c'],
      input: '{"q":"Grüße 😀"}',
      output: '{"answer":"hello"}',
    });
  });
  it('keeps microseconds, structure without blanks, and numbers as they came', () => {
    const folded = foldObservation(...of('observation', 'answer'));
    expect(folded.startTime % 1000).not.toBe(0);
    expect(folded.endTime! >= folded.startTime).toBe(true);
    expect(folded).toMatchObject({ type: 'GENERATION', output: '{"role":"assistant","content":"hello"}' });
    expect({ ...folded.metadata }).toEqual({
      step: 'two',
      big: '12345678901234567890',
      nan: 'null',
      f: '1.0',
    });
    expect({ ...folded.providedUsage }).toEqual({ input: 10, output: 5, total: 15 });
    expect(folded.modelParameters.temperature).toBe('0.2');
  });
  it('keeps usage of any key', () => {
    const folded = foldObservation(...of('observation', 'details'));
    expect({ ...folded.providedUsage }).toEqual({ input: 10, output: 5, cache_read: 3 });
    expect({ ...folded.providedCost }).toEqual({ input: 0.001 });
  });
  it('keeps a result of zero, and text that was cut within a character', () => {
    expect(foldTrace(...of('trace', 'outer'))).toMatchObject({ output: '0', userId: 'u2', tags: ['t'] });
    expect(foldObservation(...of('observation', 'gen')).output).toBe('"out \\ud83d truncated"');
  });
});
