import { randomBytes, randomUUID } from 'node:crypto';
import type { TestApi, TestProject } from './start-test-api';

/** What a client of each generation records, with a mark in every text that a reader could find. */

const attribute = (key: string, value: string | number | boolean | string[]) => ({
  key,
  value: Array.isArray(value)
    ? { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } }
    : typeof value === 'string'
      ? { stringValue: value }
      : typeof value === 'boolean'
        ? { boolValue: value }
        : { intValue: String(value) },
});
const nanoseconds = (ms: number) => `${Math.round(ms)}000000`;

/** An OTLP/JSON export: an agent span with a generation below it. */
export function createExport(mark: string, startMs = Date.now() - 60_000) {
  const traceId = randomBytes(16).toString('hex');
  const rootId = randomBytes(8).toString('hex');
  const generationId = randomBytes(8).toString('hex');
  const ofTrace = [
    attribute('langfuse.trace.name', `${mark}-trace`),
    attribute('user.id', `${mark}-user`),
    attribute('session.id', `${mark}-session`),
    attribute('langfuse.trace.tags', [`${mark}-tag`, 'second']),
    attribute('langfuse.release', `${mark}-release`),
    attribute('langfuse.version', `${mark}-version`),
    attribute('langfuse.environment', 'production'),
  ];
  const body = {
    resourceSpans: [
      {
        resource: { attributes: [attribute('service.name', `${mark}-service`)] },
        scopeSpans: [
          {
            scope: { name: 'langfuse-sdk', version: '4.0.0' },
            spans: [
              {
                traceId,
                spanId: rootId,
                name: `${mark}-root`,
                startTimeUnixNano: nanoseconds(startMs),
                endTimeUnixNano: nanoseconds(startMs + 2_500),
                attributes: [
                  ...ofTrace,
                  attribute('langfuse.observation.type', 'agent'),
                  attribute('langfuse.observation.input', JSON.stringify({ question: `${mark}?` })),
                  attribute('langfuse.observation.output', JSON.stringify({ answer: `${mark}!` })),
                ],
              },
              {
                traceId,
                spanId: generationId,
                parentSpanId: rootId,
                name: `${mark}-generation`,
                startTimeUnixNano: nanoseconds(startMs + 500),
                endTimeUnixNano: nanoseconds(startMs + 1_500),
                attributes: [
                  ...ofTrace,
                  attribute('langfuse.observation.type', 'generation'),
                  attribute('langfuse.observation.model.name', 'gpt-4o-mini'),
                  attribute('langfuse.observation.model.parameters', JSON.stringify({ temperature: 0.5 })),
                  attribute(
                    'langfuse.observation.usage_details',
                    JSON.stringify({ input: 1000, output: 200, total: 1200 }),
                  ),
                  attribute(
                    'langfuse.observation.input',
                    JSON.stringify([{ role: 'user', content: `${mark}` }]),
                  ),
                  attribute('langfuse.observation.output', `${mark} said the model`),
                  attribute('langfuse.observation.metadata.note', `${mark} ${'long '.repeat(60)}`),
                  attribute('langfuse.observation.prompt.name', `${mark}-prompt`),
                  attribute('langfuse.observation.prompt.version', 3),
                  attribute(
                    'langfuse.observation.completion_start_time',
                    new Date(startMs + 700).toISOString(),
                  ),
                ],
              },
            ],
          },
        ],
      },
    ],
  };
  return { traceId, rootId, generationId, body };
}

/** A batch of events: a trace with a span, a generation and an event, as SDKs before OpenTelemetry sent them. */
export function createBatch(mark: string, startMs = Date.now() - 120_000) {
  const traceId = `${mark}-${randomUUID()}`;
  const at = (ms: number) => new Date(startMs + ms).toISOString();
  const event = (type: string, body: Record<string, unknown>) => ({
    id: randomUUID(),
    type,
    timestamp: at(0),
    body,
  });
  const generationId = randomUUID();
  return {
    traceId,
    generationId,
    body: {
      batch: [
        event('trace-create', {
          id: traceId,
          timestamp: at(0),
          name: `${mark}-batch-trace`,
          userId: `${mark}-user`,
          sessionId: `${mark}-session`,
          tags: [`${mark}-tag`],
          input: { text: mark },
          output: 'plain',
          metadata: { key: mark, nested: { deep: [1, 2] } },
          public: true,
        }),
        event('span-create', {
          id: randomUUID(),
          traceId,
          name: `${mark}-span`,
          startTime: at(0),
          endTime: at(100),
        }),
        event('generation-create', {
          id: generationId,
          traceId,
          name: `${mark}-batch-generation`,
          startTime: at(0),
          endTime: at(900),
          model: 'gpt-4o-mini',
          usage: { input: 10, output: 5 },
          level: 'ERROR',
          statusMessage: `${mark} failed`,
        }),
        event('event-create', { id: randomUUID(), traceId, name: `${mark}-event`, startTime: at(10) }),
      ],
    },
  };
}

/** A score of every kind, on the trace, an observation and the session. */
export const createScores = (mark: string, traceId: string, observationId: string) =>
  [
    { name: `${mark}-numeric`, value: 0.75, dataType: 'NUMERIC', traceId, comment: `${mark} comment` },
    { name: `${mark}-boolean`, value: 1, dataType: 'BOOLEAN', traceId, observationId },
    { name: `${mark}-category`, value: `${mark}-good`, dataType: 'CATEGORICAL', traceId },
    { name: `${mark}-text`, value: `${mark} text`, dataType: 'TEXT', traceId },
    { name: 'output', value: `${mark} corrected`, dataType: 'CORRECTION', traceId, observationId },
    { name: `${mark}-of-session`, value: 4, traceId: undefined, sessionId: `${mark}-session` },
  ].map((score) => ({ id: randomUUID(), ...score, metadata: { mark } }));

export interface Recorded {
  otel: ReturnType<typeof createExport>;
  batch: ReturnType<typeof createBatch>;
  scores: ReturnType<typeof createScores>;
}

/** Records all of it in the project through the doors, and waits until it can be read. */
export async function record(api: TestApi, project: TestProject, mark: string): Promise<Recorded> {
  const otel = createExport(mark);
  const batch = createBatch(mark);
  const scores = createScores(mark, otel.traceId, otel.generationId);
  const answers = [
    await api.send('POST', '/api/public/otel/v1/traces', project, otel.body),
    await api.send('POST', '/api/public/ingestion', project, batch.body),
  ];
  for (const score of scores) answers.push(await api.send('POST', '/api/public/scores', project, score));
  for (const answer of answers) {
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }
  await api.settle();
  return { otel, batch, scores };
}
