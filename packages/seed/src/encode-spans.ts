import type { Span, Trace } from './plan';

type Attribute = { key: string; value: Record<string, unknown> };

const nanosOf = (ms: number): string => `${ms}000000`;
const textOf = (content: unknown): string =>
  typeof content === 'string' ? content : JSON.stringify(content);

/** Whole traces as one OTLP request, as the JavaScript SDK says things. A resource for each application. */
export function encodeSpans(traces: readonly Trace[]): object {
  return {
    resourceSpans: traces.map((trace) => ({
      resource: {
        attributes: attributesOf({ 'service.name': trace.app, 'telemetry.sdk.language': 'nodejs' }),
      },
      scopeSpans: [
        {
          scope: { name: 'langfuse-sdk', version: '5.11.1' },
          spans: trace.spans.map((span) => encodeSpan(trace, span)),
        },
      ],
    })),
  };
}

function encodeSpan(trace: Trace, span: Span): object {
  const isRoot = span.parentId === null;
  return {
    traceId: trace.id,
    spanId: span.id,
    ...(span.parentId !== null && { parentSpanId: span.parentId }),
    name: span.name,
    kind: 1,
    startTimeUnixNano: nanosOf(span.startMs),
    endTimeUnixNano: nanosOf(span.endMs),
    status: span.level === 'ERROR' ? { code: 2, message: span.statusMessage ?? '' } : { code: 0 },
    attributes: attributesOf({
      'langfuse.trace.name': trace.name,
      'user.id': trace.userId,
      'session.id': trace.sessionId,
      'langfuse.environment': trace.environment,
      'langfuse.release': trace.release,
      'langfuse.version': trace.version,
      'langfuse.trace.tags': trace.tags,
      ...(isRoot && withPrefix('langfuse.trace.metadata.', trace.metadata)),
      'langfuse.observation.type': span.type,
      'langfuse.observation.input': span.input ?? undefined,
      'langfuse.observation.output': span.output ?? undefined,
      'langfuse.observation.level': span.level,
      'langfuse.observation.status_message': span.statusMessage,
      'langfuse.observation.model.name': span.model,
      'langfuse.observation.model.parameters': span.modelParameters,
      'langfuse.observation.usage_details': span.usage,
      'langfuse.observation.completion_start_time':
        span.firstTokenMs === undefined ? undefined : new Date(span.firstTokenMs).toISOString(),
      'langfuse.observation.prompt.name': span.prompt?.name,
      'langfuse.observation.prompt.version': span.prompt?.version,
      ...withPrefix('langfuse.observation.metadata.', span.metadata ?? {}),
    }),
  };
}

const withPrefix = (prefix: string, values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));

/** What is undefined is not said. Objects travel as JSON text, lists of text as lists. */
function attributesOf(values: Record<string, unknown>): Attribute[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, value: toValue(key, value) }));
}

function toValue(key: string, value: unknown): Record<string, unknown> {
  if (key === 'langfuse.trace.tags')
    return { arrayValue: { values: (value as string[]).map((tag) => ({ stringValue: tag })) } };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { stringValue: textOf(value) };
}
