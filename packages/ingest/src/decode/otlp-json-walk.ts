import { MalformedBody } from './body-errors';
import { isJsonDeeperThan } from './json-depth';
import { otlpLimits } from './limits';
import { tooManySpans } from './otlp-protobuf-walk';

export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Resource and scope of a run of spans as they came. One object per scope. */
export interface JsonSpanGroup {
  resource: unknown;
  scope: unknown;
}

/** OTLP/JSON text to the request object. Throws `MalformedBody` for anything else, and for JSON that is too deep. */
export function parseRequest(body: Uint8Array): JsonObject {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  if (isJsonDeeperThan(text, otlpLimits.jsonDepth))
    throw new MalformedBody(
      `The JSON body nests deeper than ${otlpLimits.jsonDepth} levels; send deep values as JSON text.`,
    );
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    throw new MalformedBody('The body is not valid JSON; send an OTLP ExportTraceServiceRequest as JSON.');
  }
  if (!isJsonObject(request))
    throw new MalformedBody('The JSON body must be an object with resourceSpans; send an OTLP request.');
  return request;
}

/** Calls `visit` for each span in order of the request, which is what a span's index counts. */
export function walkJsonSpans(
  request: JsonObject,
  visit: (span: unknown, index: number, group: JsonSpanGroup) => void,
): void {
  let index = 0;
  for (const resourceSpans of listOf(request, 'resourceSpans', 'resource_spans')) {
    if (!isJsonObject(resourceSpans)) throw new MalformedBody('Each of resourceSpans must be an object.');
    const scopes = [
      ...listOf(resourceSpans, 'scopeSpans', 'scope_spans'),
      ...listOf(resourceSpans, 'instrumentationLibrarySpans', 'instrumentation_library_spans'),
    ];
    for (const scopeSpans of scopes) {
      if (!isJsonObject(scopeSpans)) throw new MalformedBody('Each of scopeSpans must be an object.');
      const group = {
        resource: resourceSpans.resource,
        scope: scopeSpans.scope ?? scopeSpans.instrumentationLibrary ?? scopeSpans.instrumentation_library,
      };
      for (const span of listOf(scopeSpans, 'spans', 'spans')) {
        if (index >= otlpLimits.spansPerRequest) throw tooManySpans();
        visit(span, index++, group);
      }
    }
  }
}

/** A field by its JSON name, or by the snake_case name of the proto file that some exporters send. */
export const fieldOf = (object: JsonObject, name: string, protoName: string): unknown =>
  object[name] ?? object[protoName];

function listOf(object: JsonObject, name: string, protoName: string): unknown[] {
  const list = fieldOf(object, name, protoName) ?? [];
  if (!Array.isArray(list)) throw new MalformedBody(`${name} must be an array; send [] or leave it out.`);
  return list;
}
