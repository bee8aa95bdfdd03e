import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { Langfuse } from 'langfuse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The JavaScript SDK of the batch generation, unmodified, against a started instance. */
let instance: Instance;
let langfuse: Langfuse;
const errors: unknown[] = [];

beforeAll(async () => {
  instance = await startInstance();
  langfuse = new Langfuse({
    baseUrl: instance.url,
    publicKey: instance.publicKey,
    secretKey: instance.secretKey,
  });
  langfuse.on('error', (error) => errors.push(error));
});
afterAll(async () => {
  await langfuse?.shutdownAsync();
  await instance?.dispose();
});

describe('langfuse JS v3', () => {
  it('shows what it created and later updated as one row each', async () => {
    const trace = langfuse.trace({
      name: 'support',
      userId: 'grace',
      sessionId: 's-2',
      tags: ['b', 'a'],
      input: { q: 1 },
    });
    const span = trace.span({ name: 'retrieve', input: { query: 'orders' } });
    const generation = span.generation({
      name: 'chat',
      model: 'gpt-4o',
      input: [{ role: 'user', content: 'hi' }],
    });
    await langfuse.flushAsync();
    generation.end({
      output: { role: 'assistant', content: 'hello' },
      usage: { promptTokens: 10, completionTokens: 20, totalTokens: 30 },
    });
    span.end({ output: { rows: 3 } });
    trace.update({ output: { a: 2 }, tags: ['c'] });
    langfuse.score({ traceId: trace.id, name: 'correct', value: 1, dataType: 'BOOLEAN' });
    await langfuse.flushAsync();

    const read = await waitFor('the updated trace', async () => {
      const found = await langfuse.fetchTrace(trace.id).catch(() => null);
      const complete = found?.data.observations.every(({ endTime, output }) => endTime && output);
      return found &&
        found.data.observations.length === 2 &&
        complete &&
        found.data.scores.length === 1 &&
        found.data.output
        ? found.data
        : null;
    });
    expect(read).toMatchObject({
      name: 'support',
      userId: 'grace',
      sessionId: 's-2',
      tags: ['a', 'b', 'c'],
      input: { q: 1 },
      output: { a: 2 },
    });
    const chat = read.observations.find(({ type }) => type === 'GENERATION')!;
    expect(chat).toMatchObject({
      parentObservationId: span.id,
      model: 'gpt-4o',
      output: { role: 'assistant', content: 'hello' },
      usage: { input: 10, output: 20, total: 30 },
    });
    // gpt-4o: $2.50 and $10 per million tokens.
    expect(chat.calculatedTotalCost).toBeCloseTo(0.000225, 12);
    expect(read.scores[0]).toMatchObject({ name: 'correct', value: 1, dataType: 'BOOLEAN' });
    expect(errors).toEqual([]);
  });

  it('lists', async () => {
    const traces = await langfuse.fetchTraces({ name: 'support' });
    expect(traces.data).toHaveLength(1);
    const observations = await langfuse.fetchObservations({ type: 'GENERATION' });
    expect(observations.data).toHaveLength(1);
    const sessions = await langfuse.fetchSessions();
    expect(sessions.data.map(({ id }) => id)).toContain('s-2');
  });
});
