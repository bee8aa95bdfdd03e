import { otlpLimits } from './limits';
import { createAllowance, RefusedSpan, readAttributes, readId, readNanoseconds } from './otlp-json-values';
import { fieldOf, isJsonObject } from './otlp-json-walk';
import type { OtlpSpan, Resource, Scope, SpanEvent } from './span';
import { refusals, resolveTimes } from './span-rules';

const statusCodes: Record<string, number> = { STATUS_CODE_OK: 1, STATUS_CODE_ERROR: 2 };

/** One span of OTLP/JSON. Throws `RefusedSpan` when it breaks a rule. */
export function readSpan(span: unknown, resource: Resource, scope: Scope): OtlpSpan {
  if (!isJsonObject(span)) throw new RefusedSpan(refusals.notObject);
  const traceId = readId(fieldOf(span, 'traceId', 'trace_id'), 32);
  if (!traceId) throw new RefusedSpan(refusals.traceId);
  const spanId = readId(fieldOf(span, 'spanId', 'span_id'), 16);
  if (!spanId) throw new RefusedSpan(refusals.spanId);
  const parentSpanId = readId(fieldOf(span, 'parentSpanId', 'parent_span_id'), 16);
  if (parentSpanId === null) throw new RefusedSpan(refusals.parentSpanId);
  const times = resolveTimes(
    readNanoseconds(fieldOf(span, 'startTimeUnixNano', 'start_time_unix_nano')),
    readNanoseconds(fieldOf(span, 'endTimeUnixNano', 'end_time_unix_nano')),
  );
  if (typeof times === 'string') throw new RefusedSpan(times);
  const allowance = createAllowance();
  const attributes = readAttributes(span.attributes, allowance);
  const list = span.events ?? [];
  if (!Array.isArray(list)) throw new RefusedSpan(refusals.eventsNotArray);
  if (list.length > otlpLimits.eventsPerSpan) throw new RefusedSpan(refusals.events);
  const events = list.filter(isJsonObject).map(
    (event): SpanEvent => ({
      name: textOr(event.name),
      time: readNanoseconds(fieldOf(event, 'timeUnixNano', 'time_unix_nano')) || times.startTime,
      attributes: readAttributes(event.attributes, allowance),
    }),
  );
  const status = isJsonObject(span.status) ? span.status : {};
  return {
    traceId,
    spanId,
    parentSpanId,
    name: textOr(span.name),
    ...times,
    statusCode:
      typeof status.code === 'string' ? (statusCodes[status.code] ?? 0) : Number(status.code ?? 0) || 0,
    statusMessage: textOr(status.message),
    attributes,
    events,
    resource,
    scope,
  };
}

/** Throws `RefusedSpan` when its attributes break a rule. */
export function readResource(resource: unknown): Resource {
  return { attributes: readGroupAttributes(resource) };
}

/** Throws `RefusedSpan` when its attributes break a rule. */
export function readScope(scope: unknown): Scope {
  const { name, version } = isJsonObject(scope) ? scope : {};
  return { name: textOr(name), version: textOr(version), attributes: readGroupAttributes(scope) };
}

function readGroupAttributes(holder: unknown) {
  try {
    return readAttributes(isJsonObject(holder) ? holder.attributes : undefined, createAllowance());
  } catch (error) {
    throw error instanceof RefusedSpan ? new RefusedSpan(refusals.resource) : error;
  }
}

const textOr = (value: unknown): string => (typeof value === 'string' ? value : '');
