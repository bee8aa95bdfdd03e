/** Events of the JSON batch API: an agent's run with a failed tool, and a plain answer. */
export interface SampleTrace {
  id: string;
  events: unknown[];
}

const at = (startMs: number, offsetMs: number) => new Date(startMs + offsetMs).toISOString();

export function makeAgentTrace(id: string, startMs: number): SampleTrace {
  const event = (type: string, body: Record<string, unknown>) => ({
    id: `${id}-${String(body.id)}-event`,
    type,
    timestamp: at(startMs, 0),
    body,
  });
  const inTrace = (name: string, from: number, to: number, body: Record<string, unknown> = {}) => ({
    id: `${id}-${name}`,
    traceId: id,
    name,
    startTime: at(startMs, from),
    endTime: at(startMs, to),
    ...body,
  });
  return {
    id,
    events: [
      event('trace-create', {
        id,
        timestamp: at(startMs, 0),
        name: 'support-agent',
        userId: 'ada',
        tags: ['journey'],
        input: { messages: [{ role: 'user', content: 'Where is my order?' }] },
        output: 'On its **way**.\n\n![pixel](http://images.invalid/pixel.png)',
      }),
      event('span-create', inTrace('agent', 0, 4_000)),
      event(
        'generation-create',
        inTrace('plan', 100, 2_000, {
          parentObservationId: `${id}-agent`,
          model: 'gpt-4o',
          usageDetails: { input: 1_200, output: 80 },
          input: [
            { role: 'system', content: 'You are a support agent.' },
            { role: 'user', content: 'Where is my order?' },
          ],
          output: {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                id: 'call_1',
                type: 'function',
                function: { name: 'find_order', arguments: '{"order":"A-17"}' },
              },
            ],
          },
        }),
      ),
      event(
        'span-create',
        inTrace('find_order', 2_000, 3_900, {
          parentObservationId: `${id}-agent`,
          level: 'ERROR',
          statusMessage: 'The order service did not answer',
        }),
      ),
    ],
  };
}

export function makeAnswerTrace(id: string, startMs: number): SampleTrace {
  return {
    id,
    events: [
      {
        id: `${id}-event`,
        type: 'trace-create',
        timestamp: at(startMs, 0),
        body: {
          id,
          timestamp: at(startMs, 0),
          name: 'answer',
          userId: 'grace',
          input: 'Hi',
          output: 'Hello',
        },
      },
    ],
  };
}
