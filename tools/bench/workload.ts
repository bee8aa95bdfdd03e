import { encodeOtlpProtobuf } from '../../packages/testkit/src/otlp-encode';

/**
 * The load of the benchmark: traces of ten observations, 2 KB in and 2 KB out each, every second one a
 * generation with model and usage, in requests of 100. The same content in each of the three formats.
 */
export type Format = 'otlp-protobuf' | 'otlp-json' | 'json-batch';
export const formats: Format[] = ['otlp-protobuf', 'otlp-json', 'json-batch'];

export interface Request {
  path: string;
  contentType: string;
  body: Uint8Array;
  /** Events (or spans) in it. */
  events: number;
}

export interface Workload {
  requests: Request[];
  traces: number;
  observations: number;
  events: number;
}

const observationsPerTrace = 10;
const observationsPerRequest = 100;
const payloadBytes = 2_048;
const models = ['gpt-4o-mini-2024-07-18', 'claude-sonnet-4-5-20250929', 'gpt-4o', 'gemini-2.0-flash'];

interface Generated {
  traceId: string;
  id: string;
  parentId: string;
  name: string;
  startMs: number;
  endMs: number;
  input: string;
  output: string;
  model: string | null;
  usage: { input: number; output: number };
}

export function createWorkload(format: Format, traces: number, seed: number, baseMs: number): Workload {
  const random = createRandom(seed);
  const all: Generated[] = [];
  for (let t = 0; t < traces; t++) all.push(...createTrace(random, baseMs + t * 20));
  const requests: Request[] = [];
  for (let at = 0; at < all.length; at += observationsPerRequest) {
    requests.push(encode[format](all.slice(at, at + observationsPerRequest)));
  }
  return {
    requests,
    traces,
    observations: all.length,
    events: requests.reduce((sum, { events }) => sum + events, 0),
  };
}

/** Id of the first trace of a workload of this seed. */
export const firstTraceId = (seed: number): string => createTrace(createRandom(seed), 0)[0]!.traceId;

function createTrace(random: () => number, startMs: number): Generated[] {
  const traceId = hex(random, 32);
  const ids = Array.from({ length: observationsPerTrace }, () => hex(random, 16));
  return ids.map((id, n) => ({
    traceId,
    id,
    parentId: n === 0 ? '' : ids[n < 4 ? 0 : 1 + ((n - 1) % 3)]!,
    name: n === 0 ? 'answer-question' : n % 2 === 1 ? 'chat' : 'retrieve',
    startMs: startMs + n * 3,
    endMs: startMs + n * 3 + 200 + Math.floor(random() * 800),
    input: JSON.stringify([{ role: 'user', content: text(random, payloadBytes - 40) }]),
    output: JSON.stringify({ role: 'assistant', content: text(random, payloadBytes - 40) }),
    model: n % 2 === 1 ? models[Math.floor(random() * models.length)]! : null,
    usage: { input: 400 + Math.floor(random() * 200), output: 300 + Math.floor(random() * 200) },
  }));
}

const encode: Record<Format, (observations: Generated[]) => Request> = {
  'otlp-protobuf': (observations) => ({
    path: '/api/public/otel/v1/traces',
    contentType: 'application/x-protobuf',
    body: encodeOtlpProtobuf(otlp(observations)),
    events: observations.length,
  }),
  'otlp-json': (observations) => ({
    path: '/api/public/otel/v1/traces',
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(otlp(observations))),
    events: observations.length,
  }),
  'json-batch': (observations) => {
    const batch = observations.flatMap(eventsOf);
    return {
      path: '/api/public/ingestion',
      contentType: 'application/json',
      body: Buffer.from(JSON.stringify({ batch, metadata: { sdk_name: 'bench' } })),
      events: batch.length,
    };
  },
};

function otlp(observations: Generated[]) {
  const string = (key: string, value: string) => ({ key, value: { stringValue: value } });
  return {
    resourceSpans: [
      {
        resource: {
          attributes: [string('service.name', 'bench'), string('telemetry.sdk.language', 'python')],
        },
        scopeSpans: [
          {
            scope: { name: 'langfuse-sdk', version: '4.0.0' },
            spans: observations.map((o) => ({
              traceId: o.traceId,
              spanId: o.id,
              ...(o.parentId ? { parentSpanId: o.parentId } : {}),
              name: o.name,
              kind: 1,
              startTimeUnixNano: `${o.startMs}000000`,
              endTimeUnixNano: `${o.endMs}000000`,
              attributes: [
                string('langfuse.observation.type', o.model ? 'generation' : 'span'),
                string('langfuse.observation.input', o.input),
                string('langfuse.observation.output', o.output),
                string('user.id', `user-${o.traceId.slice(0, 2)}`),
                string('session.id', `session-${o.traceId.slice(0, 3)}`),
                string('langfuse.environment', 'production'),
                ...(o.model
                  ? [
                      string('langfuse.observation.model.name', o.model),
                      string('langfuse.observation.usage_details', JSON.stringify(o.usage)),
                    ]
                  : []),
              ],
              status: { code: 1 },
            })),
          },
        ],
      },
    ],
  };
}

/** What an SDK of the batch API sends: a create when the work begins and an update when it ends. */
function eventsOf(o: Generated) {
  const iso = (ms: number) => new Date(ms).toISOString();
  const kind = o.model ? 'generation' : 'span';
  const parent = o.parentId ? { parentObservationId: o.parentId } : {};
  const event = (type: string, ms: number, body: object) => ({
    id: `${o.id}-${type}`,
    type,
    timestamp: iso(ms),
    body,
  });
  return [
    ...(o.parentId === ''
      ? [
          event('trace-create', o.startMs, {
            id: o.traceId,
            timestamp: iso(o.startMs),
            name: 'answer-question',
            userId: `user-${o.traceId.slice(0, 2)}`,
            sessionId: `session-${o.traceId.slice(0, 3)}`,
          }),
        ]
      : []),
    event(`${kind}-create`, o.startMs, {
      id: o.id,
      traceId: o.traceId,
      name: o.name,
      startTime: iso(o.startMs),
      input: JSON.parse(o.input),
      ...(o.model ? { model: o.model } : {}),
      ...parent,
    }),
    event(`${kind}-update`, o.endMs, {
      id: o.id,
      traceId: o.traceId,
      endTime: iso(o.endMs),
      output: JSON.parse(o.output),
      ...(o.model ? { usageDetails: o.usage } : {}),
    }),
  ];
}

const words =
  'the agent asked for a list of orders and the tool returned forty rows with dates amounts currencies and names while the model summarised each of them in one sentence before it answered'.split(
    ' ',
  );

function text(random: () => number, bytes: number): string {
  const parts: string[] = [];
  for (let length = 0; length < bytes; ) {
    const word =
      random() < 0.15 ? Math.floor(random() * 1e9).toString(36) : words[Math.floor(random() * words.length)]!;
    parts.push(word);
    length += word.length + 1;
  }
  return parts.join(' ').slice(0, bytes);
}

function hex(random: () => number, length: number): string {
  let out = '';
  while (out.length < length)
    out += Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return out.slice(0, length);
}

/** Mulberry32: small, seeded, the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
