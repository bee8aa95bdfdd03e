import { PayloadTooLarge } from './body-errors';
import { otlpLimits } from './limits';
import { requestFields, resourceSpansFields, scopeSpansFields } from './otlp-fields';
import { bytesType, type WireReader } from './wire-reader';

export interface ByteRange {
  start: number;
  end: number;
}

/** Where the resource and the scope of a run of spans are; null when they have none. One object per scope. */
export interface SpanGroup {
  resource: ByteRange | null;
  scope: ByteRange | null;
}

/**
 * Calls `visit` for each span of an ExportTraceServiceRequest in wire order, which is what a span's index
 * counts, with `reader.pos` at its first byte. Throws `MalformedBody`, and `PayloadTooLarge` for too many spans.
 */
export function walkSpans(
  reader: WireReader,
  visit: (index: number, end: number, group: SpanGroup) => void,
): void {
  let index = 0;
  const span = scopeSpansFields.spans * 8 + bytesType;
  for (const resourceSpans of rangesOf(reader, whole(reader), requestFields.resourceSpans)) {
    const resource = rangesOf(reader, resourceSpans, resourceSpansFields.resource).at(-1) ?? null;
    const scopes = rangesOf(
      reader,
      resourceSpans,
      resourceSpansFields.scopeSpans,
      resourceSpansFields.librarySpans,
    );
    for (const scopeSpans of scopes) {
      const scope = rangesOf(reader, scopeSpans, scopeSpansFields.scope).at(-1) ?? null;
      const group = { resource, scope };
      reader.pos = scopeSpans.start;
      for (let end = reader.next(span, scopeSpans.end); end >= 0; end = reader.next(span, scopeSpans.end)) {
        if (index >= otlpLimits.spansPerRequest) throw tooManySpans();
        visit(index++, end, group);
        reader.pos = end;
      }
    }
  }
}

export const tooManySpans = () =>
  new PayloadTooLarge(
    `The request holds more than ${otlpLimits.spansPerRequest} spans; send smaller batches.`,
  );

const whole = (reader: WireReader): ByteRange => ({ start: 0, end: reader.bytes.length });

/** The messages of one field (which may have two numbers) inside a message. */
function rangesOf(reader: WireReader, { start, end }: ByteRange, field: number, alias = field): ByteRange[] {
  const ranges: ByteRange[] = [];
  reader.pos = start;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag !== field * 8 + bytesType && tag !== alias * 8 + bytesType) {
      reader.skip(tag & 7, end);
      continue;
    }
    const stop = reader.delimited(end);
    ranges.push({ start: reader.pos, end: stop });
    reader.pos = stop;
  }
  return ranges;
}
