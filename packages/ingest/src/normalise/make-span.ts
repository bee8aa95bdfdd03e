import type { Attributes, OtlpSpan } from '../decode/span';

/** For tests: a span that says nothing but what is given. Two seconds long, a child unless told otherwise. */
export function makeSpan(
  given: Partial<Omit<OtlpSpan, 'scope' | 'resource' | 'events'>> & {
    scope?: string;
    scopeVersion?: string;
    resource?: Attributes;
    events?: { name: string; attributes?: Attributes }[];
  } = {},
): OtlpSpan {
  const { scope = '', scopeVersion = '', resource = {}, events = [], ...rest } = given;
  const startTime = Date.UTC(2026, 0, 2) * 1000;
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    parentSpanId: '00f067aa0ba902b7',
    name: 'span',
    startTime,
    endTime: startTime + 2_000_000,
    statusCode: 0,
    statusMessage: '',
    attributes: {},
    ...rest,
    events: events.map((event) => ({
      name: event.name,
      time: startTime,
      attributes: event.attributes ?? {},
    })),
    resource: { attributes: resource },
    scope: { name: scope, version: scopeVersion, attributes: {} },
  };
}
