import { MalformedBody } from './body-errors';
import { otlpLimits } from './limits';
import {
  anyValueFields,
  eventFields,
  keyValueFields,
  listFields,
  resourceFields,
  scopeFields,
  spanFields,
  statusFields,
} from './otlp-fields';
import { type ByteRange, type SpanGroup, walkSpans } from './otlp-protobuf-walk';
import type { Attributes, AttributeValue, DecodedSpans, OtlpSpan, Resource, Scope, SpanEvent } from './span';
import { refusals, resolveTimes } from './span-rules';
import { bytesType, fixed64Type, varintType, WireReader } from './wire-reader';

/**
 * An ExportTraceServiceRequest to spans, passing over the `skipped` positions that the door refused. A span that
 * cannot be decoded is returned as rejected. Throws `MalformedBody` only when the whole is no such message.
 */
export function decodeOtlpProtobuf(body: Uint8Array, skipped: readonly number[] = []): DecodedSpans {
  const reader = new WireReader(body);
  const skip = new Set(skipped);
  const decoded: DecodedSpans = { spans: [], positions: [], rejected: [] };
  const resources = new Map<ByteRange | null, Resource>();
  const scopes = new Map<SpanGroup, Scope>();
  walkSpans(reader, (index, end, group) => {
    if (skip.has(index)) return;
    const { pos } = reader;
    try {
      const resource = remember(resources, group.resource, () => readResource(reader, group.resource));
      const scope = remember(scopes, group, () => readScope(reader, group.scope));
      reader.pos = pos;
      decoded.spans.push(readSpan(reader, end, resource, scope));
      decoded.positions.push(index);
    } catch (error) {
      if (!(error instanceof MalformedBody)) throw error;
      decoded.rejected.push({ index, reason: error.message });
    }
  });
  return decoded;
}

function remember<K, V>(known: Map<K, V>, key: K, read: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = read();
    known.set(key, value);
  }
  return value;
}

function readSpan(reader: WireReader, end: number, resource: Resource, scope: Scope): OtlpSpan {
  let traceId = '';
  let spanId = '';
  let parentSpanId = '';
  let name = '';
  let start = 0;
  let stop = 0;
  let statusCode = 0;
  let statusMessage = '';
  const attributes = createAttributes();
  const events: SpanEvent[] = [];
  while (reader.pos < end) {
    const tag = reader.tag(end);
    switch (tag) {
      case spanFields.traceId * 8 + bytesType:
        traceId = readHex(reader, end);
        break;
      case spanFields.spanId * 8 + bytesType:
        spanId = readHex(reader, end);
        break;
      case spanFields.parentSpanId * 8 + bytesType:
        parentSpanId = readHex(reader, end);
        break;
      case spanFields.name * 8 + bytesType:
        name = reader.text(end);
        break;
      case spanFields.startTime * 8 + fixed64Type:
        start = reader.microseconds(end);
        break;
      case spanFields.endTime * 8 + fixed64Type:
        stop = reader.microseconds(end);
        break;
      case spanFields.attributes * 8 + bytesType:
        readAttribute(reader, reader.delimited(end), attributes, 1);
        break;
      case spanFields.events * 8 + bytesType:
        events.push(readEvent(reader, reader.delimited(end)));
        break;
      case spanFields.status * 8 + bytesType: {
        const until = reader.delimited(end);
        while (reader.pos < until) {
          const field = reader.tag(until);
          if (field === statusFields.message * 8 + bytesType) statusMessage = reader.text(until);
          else if (field === statusFields.code * 8 + varintType) statusCode = reader.varint(until);
          else reader.skip(field & 7, until);
        }
        break;
      }
      default:
        reader.skip(tag & 7, end);
    }
  }
  if (traceId.length !== 32 || isZero(traceId)) throw new MalformedBody(refusals.traceId);
  if (spanId.length !== 16 || isZero(spanId)) throw new MalformedBody(refusals.spanId);
  if (isZero(parentSpanId)) parentSpanId = '';
  else if (parentSpanId.length !== 16) throw new MalformedBody(refusals.parentSpanId);
  const times = resolveTimes(start, stop);
  if (typeof times === 'string') throw new MalformedBody(times);
  const { startTime, endTime } = times;
  for (const event of events) event.time ||= startTime;
  return {
    traceId,
    spanId,
    parentSpanId,
    name,
    startTime,
    endTime,
    statusCode,
    statusMessage,
    attributes,
    events,
    resource,
    scope,
  };
}

const createAttributes = (): Attributes => Object.create(null);

const isZero = (id: string) => /^0*$/.test(id);

function readHex(reader: WireReader, end: number): string {
  const stop = reader.delimited(end);
  const hex = reader.bytes.toString('hex', reader.pos, stop);
  reader.pos = stop;
  return hex;
}

function readEvent(reader: WireReader, end: number): SpanEvent {
  const event: SpanEvent = { name: '', time: 0, attributes: createAttributes() };
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag === eventFields.time * 8 + fixed64Type) event.time = reader.microseconds(end);
    else if (tag === eventFields.name * 8 + bytesType) event.name = reader.text(end);
    else if (tag === eventFields.attributes * 8 + bytesType)
      readAttribute(reader, reader.delimited(end), event.attributes, 1);
    else reader.skip(tag & 7, end);
  }
  return event;
}

function readResource(reader: WireReader, range: ByteRange | null): Resource {
  const attributes = createAttributes();
  if (!range) return { attributes };
  reader.pos = range.start;
  const attribute = resourceFields.attributes * 8 + bytesType;
  for (let stop = reader.next(attribute, range.end); stop >= 0; stop = reader.next(attribute, range.end))
    readAttribute(reader, stop, attributes, 1);
  return { attributes };
}

function readScope(reader: WireReader, range: ByteRange | null): Scope {
  const scope: Scope = { name: '', version: '', attributes: createAttributes() };
  if (!range) return scope;
  reader.pos = range.start;
  while (reader.pos < range.end) {
    const tag = reader.tag(range.end);
    if (tag === scopeFields.name * 8 + bytesType) scope.name = reader.text(range.end);
    else if (tag === scopeFields.version * 8 + bytesType) scope.version = reader.text(range.end);
    else if (tag === scopeFields.attributes * 8 + bytesType)
      readAttribute(reader, reader.delimited(range.end), scope.attributes, 1);
    else reader.skip(tag & 7, range.end);
  }
  return scope;
}

function readAttribute(reader: WireReader, end: number, into: Attributes, depth: number): void {
  let key = '';
  let value: AttributeValue = null;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag === keyValueFields.key * 8 + bytesType) key = reader.text(end);
    else if (tag === keyValueFields.value * 8 + bytesType)
      value = readValue(reader, reader.delimited(end), depth);
    else reader.skip(tag & 7, end);
  }
  into[key] = value;
}

function readValue(reader: WireReader, end: number, depth: number): AttributeValue {
  if (depth > otlpLimits.valueDepth) throw new MalformedBody(refusals.depth);
  let value: AttributeValue = null;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    switch (tag) {
      case anyValueFields.string * 8 + bytesType:
        value = reader.text(end);
        break;
      case anyValueFields.bool * 8 + varintType:
        value = reader.varint(end) !== 0;
        break;
      case anyValueFields.int * 8 + varintType:
        value = reader.int64(end);
        break;
      case anyValueFields.double * 8 + fixed64Type: {
        const number = reader.double(end);
        value = Number.isFinite(number) ? number : String(number);
        break;
      }
      case anyValueFields.bytes * 8 + bytesType: {
        const stop = reader.delimited(end);
        value = reader.bytes.toString('base64', reader.pos, stop);
        reader.pos = stop;
        break;
      }
      case anyValueFields.array * 8 + bytesType:
        value = readArray(reader, reader.delimited(end), depth + 1);
        break;
      case anyValueFields.kvlist * 8 + bytesType:
        value = readKeyValues(reader, reader.delimited(end), depth + 1);
        break;
      default:
        reader.skip(tag & 7, end);
    }
  }
  return value;
}

const item = listFields.values * 8 + bytesType;

function readArray(reader: WireReader, end: number, depth: number): AttributeValue[] {
  const values: AttributeValue[] = [];
  for (let stop = reader.next(item, end); stop >= 0; stop = reader.next(item, end))
    values.push(readValue(reader, stop, depth));
  return values;
}

function readKeyValues(reader: WireReader, end: number, depth: number): Attributes {
  const values = createAttributes();
  for (let stop = reader.next(item, end); stop >= 0; stop = reader.next(item, end))
    readAttribute(reader, stop, values, depth);
  return values;
}
