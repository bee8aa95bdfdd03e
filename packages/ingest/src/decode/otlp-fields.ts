/** Field numbers of opentelemetry.proto.collector.trace.v1 and what it is made of. */
export const requestFields = { resourceSpans: 1 } as const;
/** 1000 is the name that scope spans had until OTLP 0.15. */
export const resourceSpansFields = { resource: 1, scopeSpans: 2, librarySpans: 1000 } as const;
export const scopeSpansFields = { scope: 1, spans: 2 } as const;
export const resourceFields = { attributes: 1 } as const;
export const scopeFields = { name: 1, version: 2, attributes: 3 } as const;
export const spanFields = {
  traceId: 1,
  spanId: 2,
  parentSpanId: 4,
  name: 5,
  kind: 6,
  startTime: 7,
  endTime: 8,
  attributes: 9,
  events: 11,
  status: 15,
} as const;
export const eventFields = { time: 1, name: 2, attributes: 3 } as const;
export const statusFields = { message: 2, code: 3 } as const;
export const keyValueFields = { key: 1, value: 2 } as const;
export const anyValueFields = {
  string: 1,
  bool: 2,
  int: 3,
  double: 4,
  array: 5,
  kvlist: 6,
  bytes: 7,
} as const;
/** Both ArrayValue and KeyValueList. */
export const listFields = { values: 1 } as const;
