/** Events of the JSON batch API: a trace and its observations, one event each. */
export interface SampleTrace {
  id: string;
  events: unknown[];
}

/** Of the trace, unless it is one of the observation that every sample has. */
export interface SampleFields {
  /** Milliseconds before now. */
  agoMs?: number;
  userId?: string;
  sessionId?: string;
  tags?: string[];
  environment?: string;
  input?: unknown;
  output?: unknown;
  level?: 'DEBUG' | 'WARNING' | 'ERROR';
  model?: string;
  latencyMs?: number;
}

const defaultAgoMs = 10_000;

const makeEvent = (type: string, body: Record<string, unknown> & { id: string }) => ({
  id: `${body.id}-event`,
  type,
  timestamp: new Date().toISOString(),
  body,
});

/** A trace with one generation, called and identified by `name`. */
export function makeTrace(name: string, fields: SampleFields = {}): SampleTrace {
  const { agoMs = defaultAgoMs, latencyMs = 1_000, level, model, environment, ...ofTrace } = fields;
  const startMs = Date.now() - agoMs;
  const startTime = new Date(startMs).toISOString();
  const place = environment === undefined ? {} : { environment };
  return {
    id: name,
    events: [
      makeEvent('trace-create', { id: name, name, timestamp: startTime, ...place, ...ofTrace }),
      makeEvent('generation-create', {
        id: `${name}-call`,
        traceId: name,
        name: 'call',
        startTime,
        endTime: new Date(startMs + latencyMs).toISOString(),
        ...place,
        ...(level && { level }),
        ...(model && { model }),
      }),
    ],
  };
}

/** An agent's run: a plan that calls a tool, the tool's failure, an answer with Markdown and an image elsewhere. */
export function makeAgentTrace(name: string): SampleTrace {
  const startMs = Date.now() - defaultAgoMs;
  const at = (offsetMs: number) => new Date(startMs + offsetMs).toISOString();
  const question = { role: 'user', content: 'Where is my order?' };
  const inTrace = (part: string, from: number, to: number, body: Record<string, unknown> = {}) => ({
    id: `${name}-${part}`,
    traceId: name,
    name: part,
    startTime: at(from),
    endTime: at(to),
    ...body,
  });
  return {
    id: name,
    events: [
      makeEvent('trace-create', {
        id: name,
        name,
        timestamp: at(0),
        userId: 'ada',
        input: { messages: [question] },
        output: 'On its **way**.\n\n![pixel](http://images.invalid/pixel.png)',
      }),
      makeEvent('span-create', inTrace('agent', 0, 4_000)),
      makeEvent(
        'generation-create',
        inTrace('plan', 100, 2_000, {
          parentObservationId: `${name}-agent`,
          model: 'gpt-4o',
          usageDetails: { input: 1_200, output: 80 },
          input: [{ role: 'system', content: 'You are a support agent.' }, question],
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
      makeEvent(
        'span-create',
        inTrace('find_order', 2_000, 3_900, {
          parentObservationId: `${name}-agent`,
          level: 'ERROR',
          statusMessage: 'The order service did not answer',
        }),
      ),
    ],
  };
}

/** A chat of three calls, each of which sends all that was said before; the last one fails. */
export function makeChatTrace(name: string): SampleTrace {
  const startMs = Date.now() - defaultAgoMs;
  const at = (seconds: number) => new Date(startMs + seconds * 1_000).toISOString();
  const messages = [
    { role: 'system', content: 'You are a patient travel agent.' },
    { role: 'user', content: 'I want to see Lisbon.' },
    { role: 'assistant', content: 'When would you like to go?' },
    { role: 'user', content: 'In May.' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'find_flights', arguments: '{"to":"LIS"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '[{"flight":"TP 571","price":180}]' },
  ];
  const call = (n: number, read: number, body: Record<string, unknown>) =>
    makeEvent('generation-create', {
      id: `${name}-turn-${n}`,
      traceId: name,
      name: `turn ${n}`,
      startTime: at(n),
      endTime: at(n + 0.9),
      model: 'gpt-4o',
      usageDetails: { input: 100 * n, output: 20 },
      input: messages.slice(0, read),
      ...body,
    });
  return {
    id: name,
    events: [
      makeEvent('trace-create', { id: name, name, timestamp: at(0) }),
      call(1, 2, { output: messages[2] }),
      call(2, 4, { output: messages[4] }),
      call(3, 6, { level: 'ERROR', statusMessage: 'Rate limit reached' }),
    ],
  };
}
