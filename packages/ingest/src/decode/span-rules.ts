import { isStorableTime, type Microseconds } from '@tracewell/domain';
import { otlpLimits } from './limits';

/**
 * The rules a span must keep to be stored, and what is said when it does not: the same words at the door and
 * behind it, whatever the encoding.
 */
export const refusals = {
  traceId: 'traceId must be 16 bytes (32 hex digits) that are not all zero; send the trace id of the span',
  spanId: 'spanId must be 8 bytes (16 hex digits) that are not all zero; send the id of the span',
  parentSpanId: 'parentSpanId must be 8 bytes (16 hex digits), or be left out for a root span',
  noTime:
    'startTimeUnixNano and endTimeUnixNano are both missing; send at least one, in nanoseconds since 1970',
  time: 'startTimeUnixNano and endTimeUnixNano must lie between the years 1990 and 2200; send nanoseconds since 1970',
  depth: `an attribute value nests deeper than ${otlpLimits.valueDepth} levels; send it as JSON text`,
  attributes: `the span has more than ${otlpLimits.attributesPerSpan} attributes; send fewer, or one as JSON text`,
  events: `the span has more than ${otlpLimits.eventsPerSpan} events; send fewer`,
  values: `the span has more than ${otlpLimits.valuesPerSpan} attribute values; send long lists as JSON text`,
  resource: 'the resource or scope of the span exceeds the limits of attributes; send fewer or flatter ones',
  notObject: 'a span must be an object; send it as OTLP/JSON describes',
  attributesNotArray: 'attributes must be an array of {key, value}; send [] or leave it out',
  eventsNotArray: 'events must be an array; send [] or leave it out',
} as const;

export interface SpanTimes {
  startTime: Microseconds;
  endTime: Microseconds;
}

/** 0 stands for a missing time, which takes the other. Returns the refusal when the times cannot be stored. */
export function resolveTimes(start: Microseconds, end: Microseconds): SpanTimes | string {
  if (start === 0 && end === 0) return refusals.noTime;
  const startTime = start === 0 ? end : start;
  const endTime = end === 0 ? start : end;
  return isStorableTime(startTime) && isStorableTime(endTime) ? { startTime, endTime } : refusals.time;
}
