import { PbfWriter } from 'pbf';

/** OTLP/JSON as far as the encoder reads it: camelCase, hex ids, 64-bit numbers as decimal text or number. */
export interface OtlpJson {
  resourceSpans?: {
    resource?: { attributes?: KeyValue[] };
    scopeSpans?: {
      scope?: { name?: string; version?: string; attributes?: KeyValue[] };
      spans?: OtlpJsonSpan[];
    }[];
  }[];
}

export interface OtlpJsonSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name?: string;
  kind?: number;
  startTimeUnixNano?: string | number;
  endTimeUnixNano?: string | number;
  attributes?: KeyValue[];
  events?: { name?: string; timeUnixNano?: string | number; attributes?: KeyValue[] }[];
  status?: { code?: number; message?: string };
}

export interface KeyValue {
  key: string;
  value: AnyValue;
}

export interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number | string;
  arrayValue?: { values?: AnyValue[] };
  kvlistValue?: { values?: KeyValue[] };
  /** base64 */
  bytesValue?: string;
}

type Write<T> = (value: T, writer: PbfWriter) => void;

/** The ExportTraceServiceRequest in protobuf that says what the JSON says. */
export function encodeOtlpProtobuf(json: OtlpJson): Uint8Array {
  const writer = new PbfWriter();
  each(writer, 1, json.resourceSpans, (resourceSpans, w) => {
    if (resourceSpans.resource)
      w.writeMessage(
        1,
        (r: { attributes?: KeyValue[] }, x) => each(x, 1, r.attributes, writeKeyValue),
        resourceSpans.resource,
      );
    each(w, 2, resourceSpans.scopeSpans, (scopeSpans, x) => {
      if (scopeSpans.scope) x.writeMessage(1, writeScope, scopeSpans.scope);
      each(x, 2, scopeSpans.spans, writeSpan);
    });
  });
  return writer.finish();
}

function each<T>(writer: PbfWriter, field: number, list: T[] | undefined, write: Write<T>): void {
  for (const item of list ?? []) writer.writeMessage(field, write, item);
}

const writeScope: Write<{ name?: string; version?: string; attributes?: KeyValue[] }> = (scope, writer) => {
  if (scope.name) writer.writeBytesField(1, utf8(scope.name));
  if (scope.version) writer.writeBytesField(2, utf8(scope.version));
  each(writer, 3, scope.attributes, writeKeyValue);
};

const writeSpan: Write<OtlpJsonSpan> = (span, writer) => {
  writer.writeBytesField(1, Buffer.from(span.traceId, 'hex'));
  writer.writeBytesField(2, Buffer.from(span.spanId, 'hex'));
  if (span.parentSpanId) writer.writeBytesField(4, Buffer.from(span.parentSpanId, 'hex'));
  if (span.name) writer.writeBytesField(5, utf8(span.name));
  if (span.kind) writer.writeVarintField(6, span.kind);
  writeNanoseconds(writer, 7, span.startTimeUnixNano);
  writeNanoseconds(writer, 8, span.endTimeUnixNano);
  each(writer, 9, span.attributes, writeKeyValue);
  each(writer, 11, span.events, (event, w) => {
    writeNanoseconds(w, 1, event.timeUnixNano);
    if (event.name) w.writeBytesField(2, utf8(event.name));
    each(w, 3, event.attributes, writeKeyValue);
  });
  if (span.status)
    writer.writeMessage(
      15,
      (status: { code?: number; message?: string }, w) => {
        if (status.message) w.writeBytesField(2, utf8(status.message));
        if (status.code) w.writeVarintField(3, status.code);
      },
      span.status,
    );
};

function writeNanoseconds(writer: PbfWriter, field: number, time: string | number | undefined): void {
  if (time === undefined) return;
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, BigInt(time), true);
  writer.writeTag(field, 1);
  writer.writeFixed32(bytes.getUint32(0, true));
  writer.writeFixed32(bytes.getUint32(4, true));
}

const writeKeyValue: Write<KeyValue> = ({ key, value }, writer) => {
  writer.writeBytesField(1, utf8(key));
  writer.writeMessage(2, writeValue, value);
};

const writeValue: Write<AnyValue> = (value, writer) => {
  if (value.stringValue !== undefined) writer.writeBytesField(1, utf8(value.stringValue));
  if (value.boolValue !== undefined) writer.writeBooleanField(2, value.boolValue);
  if (value.intValue !== undefined) writeInt64(writer, BigInt(value.intValue));
  if (value.doubleValue !== undefined) writer.writeDoubleField(4, Number(value.doubleValue));
  if (value.arrayValue)
    writer.writeMessage(
      5,
      (list: { values?: AnyValue[] }, w) => each(w, 1, list.values, writeValue),
      value.arrayValue,
    );
  if (value.kvlistValue)
    writer.writeMessage(
      6,
      (list: { values?: KeyValue[] }, w) => each(w, 1, list.values, writeKeyValue),
      value.kvlistValue,
    );
  if (value.bytesValue !== undefined) writer.writeBytesField(7, Buffer.from(value.bytesValue, 'base64'));
};

/** pbf writes varints from doubles; an int64 goes out seven bits at a time, a byte a varint of its own. */
function writeInt64(writer: PbfWriter, value: bigint): void {
  let rest = BigInt.asUintN(64, value);
  writer.writeTag(3, 0);
  writer.realloc(10);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    writer.buf[writer.pos++] = rest ? low | 0x80 : low;
  } while (rest);
}

/** pbf's own strings go wrong for characters beyond U+1FFFF (5.1.2), and on the wire text and bytes are the same. */
const utf8 = (text: string): Uint8Array => Buffer.from(text);
