/** Limits of one OTLP request (D7). What exceeds a limit of the request is refused whole, of a span with that span. */
export const otlpLimits = {
  /** Spans of one request, over all resources and scopes. */
  spansPerRequest: 50_000,
  /** Attributes of one span, of one resource or of one scope; those of a span's events count as the span's. */
  attributesPerSpan: 16_384,
  eventsPerSpan: 8_192,
  /** Values of one span, those inside arrays and key-value lists counted. */
  valuesPerSpan: 131_072,
  /** How deep an AnyValue may nest. */
  valueDepth: 64,
  /** How deep the JSON of a request, or JSON text inside an attribute, may nest. */
  jsonDepth: 128,
  /** Characters of an id that is not plain hex. */
  idLength: 64,
} as const;
