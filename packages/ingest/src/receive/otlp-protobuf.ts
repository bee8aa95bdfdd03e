import { otlpLimits } from '../decode/limits';
import {
  anyValueFields,
  eventFields,
  keyValueFields,
  listFields,
  resourceFields,
  scopeFields,
  spanFields,
} from '../decode/otlp-fields';
import { type ByteRange, type SpanGroup, walkSpans } from '../decode/otlp-protobuf-walk';
import type { RejectedSpan } from '../decode/span';
import { refusals, resolveTimes } from '../decode/span-rules';
import { bytesType, fixed64Type, WireReader } from '../decode/wire-reader';

export interface InspectedSpans {
  accepted: number;
  rejected: RejectedSpan[];
}

/**
 * Checks an ExportTraceServiceRequest span by span without building anything from it. Throws `MalformedBody`
 * when it is no such message, `PayloadTooLarge` when it holds too many spans.
 */
export function inspectProtobuf(body: Uint8Array): InspectedSpans {
  const reader = new WireReader(body);
  const inspector = new Inspector(reader);
  const rejected: RejectedSpan[] = [];
  let accepted = 0;
  walkSpans(reader, (index, end, group) => {
    const reason = inspector.inspectSpan(end) ?? inspector.inspectGroup(group);
    if (reason) rejected.push({ index, reason });
    else accepted++;
  });
  return { accepted, rejected };
}

/** Counts within one span (or resource, or scope), and the first rule it breaks. */
class Inspector {
  private attributes = 0;
  private values = 0;
  private reason: string | null = null;
  private group: SpanGroup | null = null;
  private groupReason: string | null = null;

  constructor(private readonly reader: WireReader) {}

  inspectSpan(end: number): string | null {
    const { reader } = this;
    this.attributes = 0;
    this.values = 0;
    this.reason = null;
    let traceId = false;
    let spanId = false;
    let parent = true;
    let start = 0;
    let stop = 0;
    let events = 0;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      switch (tag) {
        case spanFields.traceId * 8 + bytesType:
          traceId = this.isId(16, end);
          break;
        case spanFields.spanId * 8 + bytesType:
          spanId = this.isId(8, end);
          break;
        case spanFields.parentSpanId * 8 + bytesType: {
          const stopAt = reader.delimited(end);
          const length = stopAt - reader.pos;
          parent = length === 0 || length === 8;
          reader.pos = stopAt;
          break;
        }
        case spanFields.startTime * 8 + fixed64Type:
          start = reader.microseconds(end);
          break;
        case spanFields.endTime * 8 + fixed64Type:
          stop = reader.microseconds(end);
          break;
        case spanFields.attributes * 8 + bytesType:
          this.inspectAttribute(reader.delimited(end), 1);
          break;
        case spanFields.events * 8 + bytesType:
          if (++events > otlpLimits.eventsPerSpan) this.reason ??= refusals.events;
          this.inspectAttributes(reader.delimited(end), eventFields.attributes);
          break;
        case spanFields.status * 8 + bytesType:
          this.inspectMessage(reader.delimited(end));
          break;
        default:
          reader.skip(tag & 7, end);
      }
    }
    if (!traceId) return refusals.traceId;
    if (!spanId) return refusals.spanId;
    if (!parent) return refusals.parentSpanId;
    const times = resolveTimes(start, stop);
    return typeof times === 'string' ? times : this.reason;
  }

  /** A group is checked once, when its first span comes. */
  inspectGroup(group: SpanGroup): string | null {
    if (group === this.group) return this.groupReason;
    const { pos } = this.reader;
    this.group = group;
    this.groupReason =
      this.inspectRange(group.resource, resourceFields.attributes) ??
      this.inspectRange(group.scope, scopeFields.attributes);
    this.reader.pos = pos;
    return this.groupReason;
  }

  private inspectRange(range: ByteRange | null, field: number): string | null {
    if (!range) return null;
    this.attributes = 0;
    this.values = 0;
    this.reason = null;
    this.reader.pos = range.start;
    this.inspectAttributes(range.end, field);
    return this.reason && refusals.resource;
  }

  private isId(length: number, end: number): boolean {
    const { reader } = this;
    const stop = reader.delimited(end);
    let bits = 0;
    for (let at = reader.pos; at < stop && at < reader.pos + length; at++) bits |= reader.bytes[at]!;
    const isId = stop - reader.pos === length && bits !== 0;
    reader.pos = stop;
    return isId;
  }

  /** A message of which only the shape is checked. */
  private inspectMessage(end: number): void {
    while (this.reader.pos < end) this.reader.skip(this.reader.tag(end) & 7, end);
  }

  /** A message that has attributes under `field`. */
  private inspectAttributes(end: number, field: number): void {
    const { reader } = this;
    const attribute = field * 8 + bytesType;
    for (let stop = reader.next(attribute, end); stop >= 0; stop = reader.next(attribute, end))
      this.inspectAttribute(stop, 1);
  }

  private inspectAttribute(end: number, depth: number): void {
    if (depth === 1 && ++this.attributes > otlpLimits.attributesPerSpan) this.reason ??= refusals.attributes;
    const { reader } = this;
    const value = keyValueFields.value * 8 + bytesType;
    for (let stop = reader.next(value, end); stop >= 0; stop = reader.next(value, end))
      this.inspectValue(stop, depth);
  }

  private inspectValue(end: number, depth: number): void {
    const { reader } = this;
    if (++this.values > otlpLimits.valuesPerSpan) this.reason ??= refusals.values;
    if (depth > otlpLimits.valueDepth) {
      this.reason ??= refusals.depth;
      reader.pos = end;
      return;
    }
    while (reader.pos < end) {
      const tag = reader.tag(end);
      if (tag === anyValueFields.array * 8 + bytesType)
        this.inspectList(reader.delimited(end), depth + 1, false);
      else if (tag === anyValueFields.kvlist * 8 + bytesType)
        this.inspectList(reader.delimited(end), depth + 1, true);
      else reader.skip(tag & 7, end);
    }
  }

  private inspectList(end: number, depth: number, keyed: boolean): void {
    const { reader } = this;
    const item = listFields.values * 8 + bytesType;
    for (let stop = reader.next(item, end); stop >= 0; stop = reader.next(item, end))
      if (keyed) this.inspectAttribute(stop, depth);
      else this.inspectValue(stop, depth);
  }
}
