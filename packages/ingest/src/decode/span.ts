import type { Microseconds } from '@tracewell/domain';

/** A decoded OTLP AnyValue. Integers beyond 2^53 are decimal text, bytes are base64 text, NaN and infinities text. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | AttributeValue[]
  | { [key: string]: AttributeValue };

/** Without a prototype, as the keys are the client's. The last of duplicate keys counts. */
export type Attributes = Record<string, AttributeValue>;

export interface SpanEvent {
  name: string;
  time: Microseconds;
  attributes: Attributes;
}

export interface Resource {
  attributes: Attributes;
}

export interface Scope {
  name: string;
  version: string;
  attributes: Attributes;
}

/** One OTLP span, the same whether it came as protobuf or JSON. Resource and scope are one object for all their spans. */
export interface OtlpSpan {
  /** 32 lower-case hex digits, as a client reads it back. */
  traceId: string;
  /** 16 lower-case hex digits. */
  spanId: string;
  /** '' for a root. */
  parentSpanId: string;
  name: string;
  startTime: Microseconds;
  endTime: Microseconds;
  /** 0 unset, 1 ok, 2 error. */
  statusCode: number;
  statusMessage: string;
  attributes: Attributes;
  events: SpanEvent[];
  resource: Resource;
  scope: Scope;
}

/** Why a span is not kept: part of OTLP partial success at the door, of the dead letter behind it. */
export interface RejectedSpan {
  /** Position in the request, counted over all resources and scopes. */
  index: number;
  /** The thing, the rule and the fix, in one sentence. */
  reason: string;
}

export interface DecodedSpans {
  spans: OtlpSpan[];
  /** Where each of `spans` stood in the request. */
  positions: number[];
  rejected: RejectedSpan[];
}
